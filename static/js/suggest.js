// Suggestions below a search box: the combobox pattern of WAI-ARIA with a list. Without scripts, on a
// metered connection or when nothing answers, the box is a plain one.
const WAIT = 150;
const LEAST = 2;

function offerSuggestions(input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let active = -1;
  let asking = null;
  let timer = 0;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.form.append(list, status);
  const attributes = {
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  function activate(number) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = number;
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    activate(-1);
    list.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
  }

  function option(suggestion, number) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    const kind = document.createElement("small");
    item.id = `${list.id}-${number}`;
    item.dataset.url = suggestion.url;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    label.textContent = suggestion.label;
    if (suggestion.language) label.lang = suggestion.language;
    kind.textContent = [suggestion.kind, suggestion.note].filter(Boolean).join(" · ");
    item.append(label, " ", kind);
    return item;
  }

  function show(answer) {
    activate(-1);
    list.replaceChildren(...answer.suggestions.map(option));
    list.setAttribute("aria-label", answer.label);
    list.hidden = !answer.suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = answer.told;
  }

  async function ask() {
    asking?.abort();
    const text = input.value.trim();
    if (text.length < LEAST) return close();
    const mine = (asking = new AbortController());
    try {
      const url = `${input.dataset.suggest}&q=${encodeURIComponent(text)}`;
      const response = await fetch(url, { signal: mine.signal });
      const answer = response.ok ? await response.json() : null;
      if (mine.signal.aborted) return;
      if (answer && document.activeElement === input) show(answer);
      else close();
    } catch {
      if (!mine.signal.aborted) close();
    }
  }

  function go(item, elsewhere) {
    close();
    if (elsewhere) window.open(item.dataset.url, "_blank", "noopener");
    else location.assign(item.dataset.url);
  }

  function move(step) {
    if (list.hidden) return ask();
    // One place more than there are options: the box itself, from where the first or the last follows.
    const places = list.children.length + 1;
    activate(((active + 1 + step + places) % places) - 1);
  }

  input.addEventListener("input", () => {
    activate(-1); // what was chosen may be gone with the next answer
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter" && active >= 0) {
      event.preventDefault();
      go(list.children[active], event.ctrlKey || event.metaKey);
    } else if (key === "Escape" && !list.hidden) {
      event.preventDefault(); // the browser's own answer empties the box: that is for the second time
      close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) {
      activate(-1);
    } else if (key === "Tab") {
      close();
    }
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  window.addEventListener("pagehide", close);
  // The focus stays in the box while an option is pressed: otherwise the list would go before the tap.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) go(item, event.ctrlKey || event.metaKey);
  });
}

if (!navigator.connection?.saveData) {
  for (const input of document.querySelectorAll("input[data-suggest]")) offerSuggestions(input);
}
