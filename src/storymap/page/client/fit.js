/**
 * The fit rule of page/map/viewport.py: what a map of a size shows when it frames a box, and the tier for that view.
 * @import { BoxArray, Point, Size, Tier } from "./types.js"
 */

/**
 * Returns the zoom and centre (grid units) that frame a box with room for labels.
 * @param {BoxArray} box
 * @param {Size} size pixels
 * @param {number} closest
 * @returns {{ zoom: number, center: Point }}
 */
export function fit(box, size, closest) {
  const roomX = size.width - 2 * Math.max(0.13 * size.width, Math.min(56, 0.18 * size.width));
  const roomY = size.height - 2 * Math.max(28, 0.14 * size.height);
  const scale = Math.max((box[2] - box[0]) / roomX, (box[3] - box[1]) / roomY, 2 ** (15 - closest));
  return { zoom: 15 - Math.log2(scale), center: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] };
}

/**
 * Returns the one tier to draw: the coarsest that is fine enough for the zoom and holds the whole view, else the finest that holds it.
 * Closer than 8.3 the author's detail goes before.
 * Tiers come coarse first; the first one holds every view.
 * @param {Tier[]} tiers
 * @param {BoxArray} view grid units
 * @param {number} zoom
 * @returns {Tier}
 */
export function tierFor(tiers, view, zoom) {
  const holding = tiers.filter(
    ({ box }) => box[0] <= view[0] && box[1] <= view[1] && box[2] >= view[2] && box[3] >= view[3],
  );
  const last = holding[holding.length - 1];
  return holding.find((tier) => tier.zoom + 0.601 >= zoom && !(zoom > 8.3 && last.detail)) ?? last ?? tiers[0];
}
