/**
 * Areas with holes, and lines and areas across the 180th meridian, for files (RFC 7946, 3.1.6 and 3.1.9): where they
 * cross it they end, and go on at its other side. Linked into stories that draw such (page/overrun.py).
 * @import { Line } from "./types.js"
 */
import { globe, turned } from "./download.js";

const SAME = 0.1; // degrees

export function start() {
  globe.lines = (lines) => once(lines).flatMap(cut).map(([, line]) => line);
  globe.areas = (rings) => {
    const found = once(rings).map(cut);
    const across = found.filter((pieces) => pieces.length > 1).flatMap(joined);
    return areas([...found.flatMap((pieces) => (pieces.length === 1 ? [pieces[0][1]] : [])), ...stitched(across)]);
  };
}

/** Returns lines without those that the page draws again. @param {Line[]} lines */
const once = (lines) => lines.filter((line, i) => !lines.slice(0, i).some((other) => isAgain(line, other)));

/** @param {Line} line */
const middle = (line) => [0, 1].map((axis) => line.reduce((sum, at) => sum + at[axis], 0) / line.length);

/**
 * Returns whether a line is another one once more: the page draws what goes over the edge of its map at both ends.
 * @param {Line} line
 * @param {Line} other
 */
function isAgain(line, other) {
  const [[x1, y1], [x2, y2]] = [middle(line), middle(other)];
  return Math.abs(Math.abs(x1 - x2) - 360) < SAME && Math.abs(y1 - y2) < SAME;
}

/**
 * Returns a line in pieces that end at the meridian, each on its turn round the world, told from -180 to 180.
 * @param {Line} line
 * @returns {[number, Line][]}
 */
function cut(line) {
  /** @type {[number, Line][]} */
  const pieces = [];
  if (line.length === 1) return [[0, line.map(([x, y]) => [Math.round((x - 360 * Math.floor((x + 180) / 360)) * 1e6) / 1e6, y])]];
  line.slice(1).forEach((b, i) => {
    const a = line[i];
    const edge = 360 * Math.floor((Math.max(a[0], b[0]) + 180) / 360) - 180;
    const y = a[1] + ((b[1] - a[1]) * (edge - a[0])) / (b[0] - a[0]);
    /** @type {Line} */
    const stops = Math.min(a[0], b[0]) < edge && edge < Math.max(a[0], b[0]) ? [a, [edge, Math.round(y * 1e6) / 1e6], b] : [a, b];
    stops.slice(1).forEach((q, k) => {
      const p = stops[k];
      // What runs along the meridian stays on its side.
      const turn = p[0] === q[0] && pieces.length ? pieces[pieces.length - 1][0] : Math.floor(((p[0] + q[0]) / 2 + 180) / 360);
      const put = (/** @type {[number, number]} */ at) => pieces[pieces.length - 1][1].push([Math.round((at[0] - 360 * turn) * 1e6) / 1e6, at[1]]);
      if (!pieces.length || pieces[pieces.length - 1][0] !== turn) {
        pieces.push([turn, []]);
        put(p);
      }
      put(q);
    });
  });
  return pieces;
}

/**
 * Returns the pieces of a ring, its last one and its first as one: a ring begins anywhere.
 * @param {[number, Line][]} pieces
 */
function joined(pieces) {
  const [[turn, first], ...others] = pieces;
  const last = others[others.length - 1];
  if (last[0] === turn) return [...others.slice(0, -1), [turn, [...last[1], ...first.slice(1)]]];
  return pieces;
}

/**
 * Returns rings made of pieces that begin and end at the meridian. Of all ends on one side of it, from south to north,
 * the ground between the first and the second lies within, and so on by twos.
 * @param {any[]} pieces
 * @returns {Line[]}
 */
function stitched(pieces) {
  const lines = pieces.map(([, line]) => line);
  /** An end is 2 × the number of its line, and 1 more where the line ends. @param {number} end */
  const at = (end) => (end % 2 ? lines[end >> 1][lines[end >> 1].length - 1] : lines[end >> 1][0]);
  /** @type {number[]} */
  const partner = [];
  for (const side of [-180, 180]) {
    const ends = lines.flatMap((_, i) => [2 * i, 2 * i + 1]).filter((end) => at(end)[0] === side);
    ends.sort((one, other) => at(one)[1] - at(other)[1]);
    ends.forEach((end, i) => (partner[end] = ends[i ^ 1]));
  }
  const left = new Set(lines.keys());
  /** @type {Line[]} */
  const rings = [];
  for (const begin of lines.keys()) {
    if (!left.has(begin)) continue;
    /** @type {Line} */
    const ring = [];
    let end = 2 * begin;
    do {
      const line = lines[end >> 1];
      left.delete(end >> 1);
      ring.push(...(end % 2 ? [...line].reverse() : line));
      end = partner[end ^ 1];
    } while (left.has(end >> 1));
    rings.push([...ring, ring[0]]);
  }
  return rings;
}

/**
 * Returns areas, each its outer ring against the clock, and the holes in it. A ring within an odd number of others is a
 * hole in the closest of them.
 * @param {Line[]} rings
 */
function areas(rings) {
  const above = rings.map((ring) => rings.filter((other) => other !== ring && holds(other, ring[0])));
  return rings.flatMap((ring, i) => {
    const holes = rings.filter((_, j) => above[j].includes(ring) && above[j].length === above[i].length + 1);
    return above[i].length % 2 ? [] : [[turned(ring), ...holes.map((hole) => turned(hole, -1))]];
  });
}

/** @param {Line} ring @param {[number, number]} at */
const holds = (ring, [x, y]) => ring.reduce((odd, [x1, y1], i) => {
  const [x2, y2] = ring[i + 1] ?? ring[0];
  return odd !== (y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1));
}, false);
