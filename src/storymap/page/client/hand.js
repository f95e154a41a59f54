/**
 * The reader's hand on the map: two fingers, keys, and the wheel with Ctrl; one finger and the wheel scroll the page.
 */

/**
 * Lets a reader move the map.
 * @param {L.Map} map
 * @param {() => void} touched hears of each move that is the reader's
 */
export function bindHand(map, touched) {
  const box = map.getContainer();
  if (matchMedia("(pointer: coarse)").matches) map.dragging.disable();
  for (const hand of ["dragstart", "dblclick"]) map.on(hand, touched);
  box.addEventListener("touchstart", ({ touches }) => void (touches.length > 1 && touched()), { passive: true });
  map.on("keydown", ({ originalEvent: { key } }) => /^(Arrow.*|[-+=])$/.test(key) && touched());
  // The wheel scrolls the page; with Ctrl (or a pinch on a trackpad, which says Ctrl) it zooms the map.
  box.addEventListener("wheel", ({ ctrlKey, metaKey }) => {
    if (!ctrlKey && !metaKey) return void map.scrollWheelZoom.disable();
    map.scrollWheelZoom.enable();
    touched();
  }, { capture: true, passive: true });
  const buttons = /** @type {HTMLElement | null} */ (box.querySelector(".leaflet-control-zoom"));
  // Before Leaflet, which disables the button that has just come to its end.
  buttons?.addEventListener("click", ({ target }) => /** @type {Element} */ (target).closest(".leaflet-disabled") ?? touched(), true);
}
