// The print button only stands where it can work; without scripts the page says how to print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const advice of document.querySelectorAll("[data-print-otherwise]")) {
  advice.hidden = true;
}
