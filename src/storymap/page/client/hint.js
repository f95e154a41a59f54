/**
 * A word on the map to whom it does not follow: how to move it. Never in the way, and gone after a moment.
 */

const SHOWN_MS = 1600;
const PAUSE_MS = 500; // what comes sooner belongs to the same turn of the hand

/**
 * Returns a function that shows a hint on the map, twice at most. Screen readers are not told: they have buttons.
 * @param {HTMLElement} box
 */
export function createHint(box) {
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.ariaHidden = "true";
  box.after(hint);
  let last = -PAUSE_MS;
  let left = 2;
  /** @param {string} text @param {number} now milliseconds */
  return (text, now) => {
    if (now - last > PAUSE_MS && left-- > 0) {
      hint.textContent = text;
      hint.classList.add("shown");
      setTimeout(() => hint.classList.remove("shown"), SHOWN_MS);
    }
    last = now;
  };
}
