/**
 * Keys step wherever the focus is, unless the map has it or something else has taken them. Home and End do so where the
 * story is in sight and can still go that way; else, and in layout scroll, they scroll. Page Up, Page Down and Space stay
 * the browser's.
 */

/** Returns 1 where a page reads to the right, -1 where it reads to the left. */
export const ahead = () => (getComputedStyle(document.body).direction === "rtl" ? -1 : 1);

/** Whether a key or a click is for the story: nothing has taken it, and it does not ask the browser for something else. @param {KeyboardEvent | MouseEvent} act */
export const isPlain = (act) => !(act.defaultPrevented || act.altKey || act.ctrlKey || act.metaKey || act.shiftKey);

/** @param {ReturnType<typeof import("./state.js").createState>} state */
export function bindKeys(state) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const { index, ids } = state;
    const to = { ArrowRight: index + ahead(), ArrowLeft: index - ahead(), Home: 0, End: ids.length - 1 }[event.key];
    if (to === undefined || !isPlain(event) || target.closest(".leaflet-container, input, textarea, select, video, audio")) return;
    const stage = document.querySelector("html:not(.scrolly) .stage")?.getBoundingClientRect();
    const scrolls = index === to || !stage || stage.bottom * 2 < innerHeight || target.closest(".ledger, footer");
    if (event.key[0] !== "A" && scrolls) return;
    event.preventDefault();
    state.go(to);
  });
}
