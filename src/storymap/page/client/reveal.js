/**
 * A story for readers who guess first: a verdict is covered until its claim is opened, on the map and in the list, too.
 * @import { Story } from "./types.js"
 */

/** @param {Story} story */
export function start({ chart, claims, data }) {
  const covered = new Set(Object.keys(data.claims()));
  const root = document.documentElement;
  const button = /** @type {HTMLElement} */ (document.getElementById("sm_uncover"));

  /** @param {string} id */
  function uncover(id) {
    if (!covered.delete(id)) return;
    for (const { measured } of data.steps()) for (const one of measured) if (one.claim === id) one.hidden = false;
    const entry = /** @type {HTMLElement} */ (document.getElementById(`sm_${id}`));
    const head = entry.querySelector(".verdict");
    const quote = document.querySelector(`a.claim[data-claim="${id}"]`);
    const [tail, heard] = ["span.nb", "span.vh"].map((css) => [...(quote?.querySelectorAll(css) ?? [])].pop());
    const sign = head?.querySelector(".sign")?.cloneNode(true);
    if (sign) tail?.append(sign);
    if (heard) heard.textContent = ` (${head?.childNodes[1].textContent})`;
    for (const part of [entry, quote, ...[...document.querySelectorAll(`.table [data-claim="${id}"]`)].map((link) => link.closest("tr"))]) part?.classList.add("known");
    if (covered.size) return;
    root.classList.add("all-known");
    button.remove();
  }

  claims.before = uncover;
  button.addEventListener("click", () => {
    [...covered].forEach(uncover);
    chart.home(); // the step's own lines come onto its map
    document.getElementById("sm_checks")?.focus({ preventScroll: true });
  });
}
