/**
 * Arrow keys step wherever the focus is, unless the map has it; Home and End in the card.
 */

/** @param {ReturnType<typeof import("./state.js").createState>} state */
export function bindKeys(state) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || target.closest(".leaflet-container, input, textarea, select, video, audio")) return;
    const inside = target.closest("#sm_card");
    if (event.key === "ArrowRight") state.go(state.index + 1);
    else if (event.key === "ArrowLeft") state.go(state.index - 1);
    else if (event.key === "Home" && inside) state.go(0);
    else if (event.key === "End" && inside) state.go(state.ids.length - 1);
    else return;
    event.preventDefault();
  });
}
