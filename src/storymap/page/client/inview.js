/**
 * Where a line is named when its middle is out of sight: the rule of page/map/spots.py. Pure.
 * @import { Size } from "./types.js"
 */

const EDGE_PX = 12;
const SHARES = [0.5, 0.25, 0.75];

/** @typedef {{ x: number, y: number }} Px */

/**
 * Returns where a line may be named, best first: at the spot where it is in view, else along what is seen of the line.
 * @param {Px} spot pixels of the map
 * @param {() => Px[][]} linesOf
 * @param {Size} size
 * @param {boolean} [more] also along the line after a spot that is in view
 * @returns {Px[]}
 */
export function spotsInView(spot, linesOf, { width, height }, more = false) {
  const view = { left: EDGE_PX, top: EDGE_PX, right: width - EDGE_PX, bottom: height - EDGE_PX };
  const there = spot.x >= view.left && spot.x <= view.right && spot.y >= view.top && spot.y <= view.bottom;
  if (there && !more) return [spot];
  /** @type {{ px: number, pieces: [Px, Px][] }} */
  let longest = { px: 0, pieces: [] };
  for (const line of linesOf()) {
    let run = { px: 0, pieces: /** @type {[Px, Px][]} */ ([]) };
    line.slice(1).forEach((b, i) => {
      const piece = clipped(line[i], b, view);
      const last = run.pieces[run.pieces.length - 1]?.[1];
      if (!piece || (last && Math.hypot(last.x - piece[0].x, last.y - piece[0].y) > 1e-6)) run = { px: 0, pieces: [] };
      if (!piece) return;
      run.pieces.push(piece);
      run.px += Math.hypot(piece[1].x - piece[0].x, piece[1].y - piece[0].y);
      if (run.px > longest.px) longest = run;
    });
  }
  const found = SHARES.flatMap((share) => at(longest.pieces, longest.px * share) ?? []);
  return there ? [spot, ...found] : found.length ? found : [spot];
}

/**
 * Returns the point some pixels along a line.
 * @param {[Px, Px][]} pieces
 * @param {number} way
 * @returns {Px | undefined}
 */
function at(pieces, way) {
  let left = way;
  for (const [a, b] of pieces) {
    const px = Math.hypot(b.x - a.x, b.y - a.y);
    if (px >= left && px > 0) return { x: a.x + ((b.x - a.x) * left) / px, y: a.y + ((b.y - a.y) * left) / px };
    left -= px;
  }
  return undefined;
}

/**
 * Returns the part of a straight line inside a rectangle, or null (Liang and Barsky, 1984).
 * @param {Px} a
 * @param {Px} b
 * @param {import("./types.js").Rect} view
 * @returns {[Px, Px] | null}
 */
function clipped(a, b, view) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  let [from, to] = [0, 1];
  for (const [step, room] of [[-dx, a.x - view.left], [dx, view.right - a.x], [-dy, a.y - view.top], [dy, view.bottom - a.y]]) {
    if (step === 0 && room < 0) return null;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  if (from > to) return null;
  return [{ x: a.x + from * dx, y: a.y + from * dy }, { x: a.x + to * dx, y: a.y + to * dy }];
}
