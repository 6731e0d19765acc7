/* Who has confirmed in Wagtail's dialogue that his form replaces a newer version is not asked again when it is
   sent (cms/newer.py). The dialogue asks the same where the network failed; that confirms nothing. */
document.addEventListener("w-dialog:confirmed", ({ target }) => {
  const told = document.querySelector("[data-w-session-intercept-value=conflict]");
  const form = document.querySelector("form[data-edit-form]");
  if (target.id !== "w-save-confirmation-dialog" || !told || !form) return;
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "replace_newer";
  input.value = "1";
  form.append(input);
}, true);
