/**
 * The reader's hand on the map: two fingers, keys, the mouse, and the wheel with Ctrl; one finger and the wheel scroll
 * the page, and a hint says how to move the map.
 */
import { createHint } from "./hint.js";

/**
 * Lets a reader move the map.
 * @param {L.Map} map
 * @param {() => void} touched hears of each move that is the reader's
 * @param {Record<string, string>} words
 */
export function bindHand(map, touched, words) {
  const box = map.getContainer();
  const hint = createHint(box);
  /** @param {"dragging" | "scrollWheelZoom"} way @param {boolean} open */
  const allow = (way, open) => map[way][open ? "enable" : "disable"]();
  // A computer may have both, so each hand is asked: the mouse drags, a finger and a pen scroll the page.
  box.addEventListener("pointerdown", ({ pointerType }) => allow("dragging", pointerType === "mouse"), true);
  for (const hand of ["dragstart", "dblclick"]) map.on(hand, touched);
  box.addEventListener("touchstart", ({ touches }) => void (touches.length > 1 && touched()), { passive: true });
  box.addEventListener("touchmove", ({ touches, timeStamp }) => void (touches.length > 1 || hint(words.fingers, timeStamp)), { passive: true });
  map.on("keydown", ({ originalEvent: { key } }) => /^(Arrow.*|[-+=])$/.test(key) && touched());
  // The wheel scrolls the page; with Ctrl (or a pinch on a trackpad, which says Ctrl) it zooms the map.
  box.addEventListener("wheel", ({ ctrlKey, metaKey, timeStamp }) => {
    allow("scrollWheelZoom", ctrlKey || metaKey);
    if (ctrlKey || metaKey) touched();
    // Text that scrolls beside the map is scrolled over the map too.
    else if (!document.querySelector(".scrolly")) hint(words.wheel.replace("{key}", /Mac/.test(navigator.platform) ? "⌘" : "Ctrl"), timeStamp);
  }, { capture: true, passive: true });
  // Safari on a computer tells of a pinch in events of its own, and zooms the page unless they are taken.
  let zoom = 0;
  for (const kind of ["gesturestart", "gesturechange"]) {
    box.addEventListener(kind, (event) => {
      if (navigator.maxTouchPoints) return; // two fingers on a screen are Leaflet's own
      const pinch = /** @type {MouseEvent & { scale: number }} */ (event);
      pinch.preventDefault();
      if (kind === "gesturestart") zoom = map.getZoom();
      touched();
      map.setZoomAround(map.mouseEventToContainerPoint(pinch), zoom + Math.log2(pinch.scale), { animate: false });
    });
  }
  const buttons = /** @type {HTMLElement | null} */ (box.querySelector(".leaflet-control-zoom"));
  // Before Leaflet, which disables the button that has just come to its end.
  buttons?.addEventListener("click", ({ target }) => /** @type {Element} */ (target).closest(".leaflet-disabled") ?? touched(), true);
}
