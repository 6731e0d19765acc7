/* The side list of what is missing, kept up with the form, its links, and the counters of letters left. */
(function () {
  const WAIT = 400; // Draftail writes to its hidden input a moment after the last key
  // The place to write comes before the buttons around it.
  const FOCUSABLE = ["[contenteditable=true], input:not([type=hidden]), textarea, select", "button:not([data-panel-toggle])"];

  function richTextSays(input) {
    try {
      return JSON.parse(input.value).blocks.some((block) => block.text.trim() !== "");
    } catch {
      return false;
    }
  }

  function isFilled(form, field) {
    if (field.startsWith("narrative-")) {
      const section = form.querySelector(`[data-narrative-section="${field.slice(10)}"]`);
      const input = section?.querySelector('[name$="-value"]');
      return Boolean(input) && richTextSays(input);
    }
    if (form.elements[`${field}-count`]) {
      const deleted = new RegExp(`^${field}-\\d+-deleted$`);
      return [...form.elements].some((input) => deleted.test(input.name) && !input.value);
    }
    const inputs = [...form.querySelectorAll(`[name="${field}"]`)];
    if (field === "operational_status") return inputs.some((input) => !["", "unknown"].includes(input.value));
    return inputs.some((input) => (input.type === "checkbox" ? input.checked : input.value.trim() !== ""));
  }

  function visible(element) {
    return element.getClientRects().length > 0;
  }

  function sectionOf(form, field) {
    const target = field.startsWith("narrative-")
      ? `[data-narrative-section="${field.slice(10)}"]`
      : `[data-profile-field="${field}"]`;
    return form.querySelector(target);
  }

  function unfold(section) {
    const panels = [section.querySelector("[data-panel]")];
    for (let panel = section.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      panels.push(panel);
    }
    panels.forEach((panel) => panel?.querySelector("[data-panel-toggle][aria-expanded=false]")?.click());
  }

  function goTo(form, field, tab) {
    const section = sectionOf(form, field);
    document.getElementById(`tab-label-${tab}`)?.click();
    if (!section) return;
    unfold(section);
    // The tab shows its panel a moment after the click; nothing hidden can take the focus.
    setTimeout(() => {
      section.scrollIntoView({ block: "center" });
      let target = FOCUSABLE.flatMap((selector) => [...section.querySelectorAll(selector)]).find(visible);
      if (!target) {
        section.tabIndex = -1; // nothing to type into (an empty list of choices): the section itself
        target = section;
      }
      target.focus({ preventScroll: true });
    }, 60);
  }

  function keepList(root, form) {
    const items = [...root.querySelectorAll("[data-profile-item]")];
    const percent = root.querySelector("[data-profile-percent]");
    const total = items.reduce((sum, item) => sum + Number(item.dataset.weight), 0);

    function refresh() {
      let reached = 0;
      items.forEach((item) => {
        const filled = isFilled(form, item.dataset.profileItem);
        // The link in use stays until the reader moves on.
        item.hidden = filled && !item.contains(document.activeElement);
        if (filled) reached += Number(item.dataset.weight);
      });
      percent.textContent = Math.floor((reached * 100) / total);
      root.querySelectorAll("[data-profile-group]").forEach((group) => {
        const left = group.querySelectorAll("li:not([hidden])").length;
        const name = group.dataset.profileGroup;
        const count = root.querySelector(`[data-profile-count="${name}"]`);
        if (count) count.textContent = left;
        if (name === "required") root.querySelector("[data-profile-ready]").hidden = left > 0;
      });
    }

    let timer;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, WAIT);
    };
    ["input", "change", "click", "keyup", "focusin"].forEach((name) => form.addEventListener(name, soon));
    // A chooser writes its hidden input without an event of the form's own.
    document.addEventListener("hidden.bs.modal", soon);
    window.addEventListener("focus", soon);
    // Pressed, a link would take the focus and scroll away under the pointer: the click would miss it.
    root.addEventListener("mousedown", (event) => event.target.closest("[data-profile-item] a") && event.preventDefault());
    root.addEventListener("click", (event) => {
      const link = event.target.closest("[data-profile-item] a");
      if (!link) return;
      event.preventDefault();
      goTo(form, link.parentElement.dataset.profileItem, link.hash.replace("#tab-", ""));
    });
    soon();
  }

  function countLetters(root, form) {
    const words = root.querySelector("[data-profile-words]").dataset;

    function counterOf(input) {
      if (input.profileCounter) return input.profileCounter;
      const counter = document.createElement("p");
      counter.className = "profile-form__left";
      counter.id = `${input.id}-left`;
      input.after(counter);
      input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${counter.id}`.trim());
      // Too long is said, not cut off: pasted text stays whole until its writer shortens it.
      input.dataset.limit = input.maxLength;
      input.removeAttribute("maxlength");
      input.profileCounter = counter;
      return counter;
    }

    function show(input) {
      const counter = counterOf(input);
      const left = Number(input.dataset.limit) - [...input.value.replace(/\r?\n/g, "\r\n")].length;
      const text = left < 0 ? words.over : words.left;
      counter.textContent = text.replace("{n}", Math.abs(left));
      counter.classList.toggle("profile-form__left--over", left < 0);
      // Heard only near the end: a number after each key would drown the text.
      if (left < 20) counter.setAttribute("role", "status");
      else counter.removeAttribute("role");
    }

    const counted = (element) =>
      element.matches?.("textarea, input[type=text]") && (element.maxLength > 0 || element.dataset.limit) && element.id;
    form.querySelectorAll("textarea[maxlength]").forEach((input) => counted(input) && show(input));
    ["focusin", "input"].forEach((name) =>
      form.addEventListener(name, (event) => counted(event.target) && show(event.target)),
    );
  }

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector("[data-profile-form]");
    const form = root?.closest("form");
    if (!form) return;
    keepList(root, form);
    countLetters(root, form);
  });
})();
