/**
 * A finger on the card: sideways is a step, anything else is a scroll.
 */

/**
 * Steps on a sideways swipe over the card; a slanted or slow one is a scroll.
 * @param {HTMLElement} card
 * @param {ReturnType<typeof import("./state.js").createState>} state
 */
export function bindSwipe(card, state) {
  let x = 0;
  let y = 0;
  let time = 0;
  card.addEventListener("touchstart", ({ touches, timeStamp }) => {
    [x, y, time] = touches.length === 1 ? [touches[0].clientX, touches[0].clientY, timeStamp] : [0, 0, -1e9];
  }, { passive: true });
  card.addEventListener("touchend", ({ changedTouches, timeStamp }) => {
    const dx = changedTouches[0].clientX - x;
    const dy = changedTouches[0].clientY - y;
    if (timeStamp - time < 600 && Math.abs(dx) > 60 && Math.abs(dx) > 2.5 * Math.abs(dy)) state.go(state.index + (dx < 0 ? 1 : -1));
  }, { passive: true });
}
