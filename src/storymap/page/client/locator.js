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
      element.toggleAttribute("hidden", zoom < Number(element.dataset.from));
      const px = element.clientWidth ? Number(element.querySelector("svg")?.viewBox.baseVal.width) / element.clientWidth : 1;
      const [width, height] = [Math.max(view[2] - view[0], 9 * px), Math.max(view[3] - view[1], 9 * px)];
      const at = { x: (view[0] + view[2] - width) / 2, y: (view[1] + view[3] - height) / 2, width, height };
      for (const [key, value] of Object.entries(at)) here.setAttribute(key, String(Math.round(value)));
    },
  };
}
