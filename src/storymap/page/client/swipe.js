/**
 * A finger on the card: sideways is a step, anything else is a scroll.
 */
import { ahead } from "./keys.js";

/**
 * Steps on a sideways swipe over the card. A slanted or slow one is a scroll, one on a zoomed page moves the page, and
 * what slides sideways itself does so.
 * @param {HTMLElement} card
 * @param {ReturnType<typeof import("./state.js").createState>} state
 */
export function bindSwipe(card, state) {
  let x = 0;
  let y = 0;
  let time = 0;
  card.addEventListener("touchstart", ({ target, touches, timeStamp }) => {
    let other = touches.length > 1 || (visualViewport?.scale ?? 1) > 1.05;
    for (let part = /** @type {Element | null} */ (target); part && part !== card; part = part.parentElement) {
      other ||= part.matches("input, video, audio") || (part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== "visible");
    }
    [x, y, time] = [touches[0].clientX, touches[0].clientY, other ? -1e9 : timeStamp];
  }, { passive: true });
  card.addEventListener("touchend", ({ changedTouches, timeStamp }) => {
    const dx = changedTouches[0].clientX - x;
    const dy = changedTouches[0].clientY - y;
    if (timeStamp - time < 600 && Math.abs(dx) > 60 && Math.abs(dx) > 2.5 * Math.abs(dy)) state.go(state.index - Math.sign(dx) * ahead());
  }, { passive: true });
}
