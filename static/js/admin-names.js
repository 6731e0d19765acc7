/* Fills what a text field offers to choose from once it is entered: names too many to send with every form.
   Without them, the name can be typed. */
document.addEventListener("focusin", async ({ target }) => {
  const address = target.dataset?.namesFrom;
  if (!address || target.hasAttribute("list")) return;
  const names = document.createElement("datalist");
  names.id = `${target.id}-names`;
  target.setAttribute("list", names.id);
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  names.append(...(await response.json()).map((name) => new Option(name)));
  target.after(names);
});
