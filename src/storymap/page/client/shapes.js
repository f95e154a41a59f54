/**
 * Reads the geometry that stands in the document as SVG paths. The same `d` draws the static maps.
 * @import { Point } from "./types.js"
 */
import { parts } from "./parts.js";

export const GRID = 2 ** 23; // units round the world

/**
 * Returns the lines of a path: "M12 34l5-6 7 8zM…" with integers, relative after each M.
 * @param {string} d
 * @returns {Point[][]} lines on the path's own grid
 */
export function linesOf(d) {
  return d.split("M").slice(1).map((part) => {
    const numbers = part.match(/-?\d+/g) ?? [];
    let [x, y] = [0, 0];
    /** @type {Point[]} */
    const line = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) line.push([(x += +numbers[i]), (y += +numbers[i + 1])]);
    return line;
  });
}

/**
 * Returns the lines of a path as Leaflet wants them.
 * @param {string} d
 * @param {number} scale grid units per path unit
 * @param {Point} origin
 * @returns {[number, number][][]} lines of [lat, lon]
 */
export function readPath(d, scale, origin) {
  return linesOf(d).map((line) => line.map(([x, y]) => toLatLon([x * scale, y * scale], origin)));
}

/**
 * Returns [lat, lon] in degrees of a position on the grid (spherical Mercator, as every web map).
 * @param {Point} at
 * @param {Point} origin
 * @returns {[number, number]}
 */
export function toLatLon(at, origin) {
  const turn = (2 * Math.PI) / GRID;
  const lat = (-Math.atan(Math.sinh((at[1] + origin[1]) * turn)) * 180) / Math.PI;
  return [lat, ((at[0] + origin[0]) * 360) / GRID];
}

/**
 * Returns the position on the grid of a latitude and longitude in degrees.
 * @param {number} lat
 * @param {number} lon
 * @param {Point} origin
 * @returns {Point}
 */
export function toGrid(lat, lon, origin) {
  const y = -Math.asinh(Math.tan((lat * Math.PI) / 180)) * (GRID / (2 * Math.PI));
  return [(lon * GRID) / 360 - origin[0], y - origin[1]];
}

/**
 * Returns the `d` of a path in the document by its id.
 * @param {string} id
 * @returns {string}
 */
export function pathOf(id) {
  return parts.of(id)?.getAttribute("d") ?? "";
}
