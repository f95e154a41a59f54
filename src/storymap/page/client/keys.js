/**
 * Arrow keys step wherever the focus is, unless the map has it or something else has taken them; Home and End in the
 * card. Page Up, Page Down and Space stay the browser's.
 */

/** Returns 1 where a page reads to the right, -1 where it reads to the left. */
export const ahead = () => (getComputedStyle(document.body).direction === "rtl" ? -1 : 1);

/** @param {ReturnType<typeof import("./state.js").createState>} state */
export function bindKeys(state) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const own = target.closest(".leaflet-container, input, textarea, select, video, audio");
    if (own || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const inside = target.closest("#sm_card");
    if (event.key === "ArrowRight") state.go(state.index + ahead());
    else if (event.key === "ArrowLeft") state.go(state.index - ahead());
    else if (event.key === "Home" && inside) state.go(0);
    else if (event.key === "End" && inside) state.go(state.ids.length - 1);
    else return;
    event.preventDefault();
  });
}
