/**
 * The small map in the corner, drawn by the compiler: its box says where the large map is.
 * @import { BoxArray } from "./types.js"
 */

/** Returns the small map: its element, which a page without near steps lacks, and how its box follows the large one. */
export function createLocator() {
  const element = /** @type {SVGSVGElement | null} */ (document.querySelector("#sm_locator"));
  const here = document.getElementById("sm_here");
  return {
    element,
    /**
     * Moves the box; far out, the large map needs no small one.
     * @param {BoxArray} view what the large map shows
     * @param {number} zoom
     */
    move(view, zoom) {
      if (!element || !here) return;
      const { x, y, width: w, height: h } = /** @type {SVGSVGElement} */ (element.querySelector("svg")).viewBox.baseVal;
      const [left, top, right, bottom] = view;
      const holds = left > x && top > y && right < x + w && bottom < y + h;
      element.toggleAttribute("hidden", zoom < Number(element.dataset.from) || !holds);
      const px = element.clientWidth ? w / element.clientWidth : 1;
      const [width, height] = [Math.max(right - left, 9 * px), Math.max(bottom - top, 9 * px)];
      const at = { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
      for (const [key, value] of Object.entries(at)) here.setAttribute(key, String(Math.round(value)));
    },
  };
}
