/**
 * Text on its way to the reader's clipboard.
 */

const SAID_MS = 2000;

/**
 * Returns a position for others to read: latitude and longitude in degrees, with a comma between.
 * @param {Element} spot where it is told in words
 */
export function spotOf(spot) {
  const sides = ["s", "w"].map((side) => (spot.classList.contains(side) ? "-" : ""));
  return spot.textContent?.match(/\d+[.,]\d+/g)?.map((degrees, i) => sides[i] + degrees.replace(",", ".")).join(", ") ?? "";
}

/**
 * Returns a field behind an element with a text to copy, selected; it goes when the reader leaves it.
 * @param {string} text
 * @param {HTMLElement} where
 */
export function fieldOf(text, where) {
  const field = document.createElement("input");
  field.className = "copying";
  field.readOnly = true;
  field.value = text;
  field.ariaLabel = where.textContent;
  field.onblur = () => field.remove();
  where.after(field);
  field.focus({ preventScroll: true });
  field.select();
  return field;
}

/**
 * Copies a text, says so on the button and to screen readers, and returns whether it is copied. Where nothing lets a
 * page copy, a field with the text is left.
 * @param {string} text
 * @param {HTMLElement} where the button that was pressed; it holds words and nothing else
 * @param {string} said what the button says for a moment when it is done
 */
export async function copyText(text, where, said) {
  fieldOf(text, where);
  // The old way first: in frames the new one is mostly forbidden, and the browser logs the attempt.
  const done = document.execCommand("copy") || (await navigator.clipboard?.writeText(text).then(() => true, () => false));
  if (done) {
    where.focus({ preventScroll: true }); // which is the end of the field
    const words = (where.dataset.words ??= where.textContent ?? "");
    const status = /** @type {HTMLElement} */ (document.getElementById("sm_status"));
    where.textContent = status.textContent = said;
    setTimeout(() => (where.textContent = words), SAID_MS);
  }
  return Boolean(done);
}
