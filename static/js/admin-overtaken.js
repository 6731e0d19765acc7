/* Who answered Wagtail's dialogue “somebody saved a new version” with yes is not asked again by the server: the
   form then says that it was loaded after that version. Without this, he is asked once more. */
let known = "";
document.addEventListener("w-swap:json", ({ detail }) => {
  const saved = (detail.data?.other_sessions ?? []).find((session) => session.revision_id);
  if (saved) known = saved.last_seen_at;
});
// Before Wagtail's own listener, which sends the form.
document.addEventListener(
  "w-dialog:confirmed",
  ({ target }) => {
    const loaded = document.querySelector("[data-edit-form] [name=loaded_revision_created_at]");
    if (target.id === "w-save-confirmation-dialog" && known && loaded) loaded.value = known;
  },
  { capture: true },
);
