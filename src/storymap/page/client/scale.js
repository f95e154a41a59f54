/**
 * The scale bar in the page's language: Leaflet's says "km" and "mi" in each. Linked into pages in other languages.
 * @import { Story } from "./types.js"
 */

/** @param {Story} story */
export function start({ data }) {
  const words = new Map(data.words.scale.split("|").map((pair) => /** @type {[string, string]} */ (pair.split("="))));
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".leaflet-control-scale-line"))) {
    const tell = () => {
      const said = words.get(line.textContent ?? "");
      if (said) line.textContent = said;
    };
    line.dir = "auto";
    new MutationObserver(tell).observe(line, { childList: true });
    tell();
  }
}
