/* The narrative's ten sections stand still: no plus signs, no move, copy or delete buttons.
   They leave the document, so that the keyboard does not reach them either. */
(function () {
  const { StreamBlock, StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class NarrativeBlock extends StreamBlock {
    constructor(...args) {
      super(...args);
      this.sortable?.option("disabled", true);
      this.inserters.forEach((inserter) => inserter.element.remove());
      this.children.forEach((child) => {
        child.element.querySelectorAll("[data-streamfield-action]").forEach((button) => button.remove());
        child.element.dataset.narrativeSection = child.type;
        child.disableDuplication();
        child.disableSplit();
      });
    }
  }

  class NarrativeBlockDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      return new NarrativeBlock(this, placeholder, prefix, initialState, initialError);
    }
  }

  window.telepath.register("directory.blocks.NarrativeBlock", NarrativeBlockDefinition);
})();
