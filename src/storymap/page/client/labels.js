/**
 * Where labels go: the rule of page/map/labels.py with the sizes that this reader's fonts have. Pure.
 * @import { Rect, Size } from "./types.js"
 */

/**
 * @typedef {object} Wanted
 * @property {string} [text]
 * @property {number} x
 * @property {number} y
 * @property {number} radius
 * @property {number} width
 * @property {number} height
 * @property {boolean} pill
 * @property {boolean} must
 * @property {boolean} [spare] one that must stand, but not on top of anything
 * @property {boolean} [loose] the name of a line or an area, which may also stand beside its middle
 * @property {number} [side] which spot round its dot was free when the page was built
 * @property {{ x: number, y: number }[]} [further] where else a name without a dot may stand
 * @property {Rect[]} [avoid] what one that must stand keeps clear of where it can
 */

/**
 * Returns for each label its top left corner, or null where it found no room. Labels come by rank.
 * @param {Wanted[]} labels
 * @param {Rect[]} lines what names keep clear of; numbers stand on their lines
 * @param {Rect[]} controls what nothing may hide under
 * @param {Size} size
 * @returns {([number, number] | null)[]}
 */
export function place(labels, lines, controls, size) {
  /** @type {Rect[]} */
  const taken = [];
  const dots = labels.filter((l) => l.radius > 0).map((l) => around(l.x, l.y, l.radius));
  /** @type {Set<string | undefined>} */
  const named = new Set();
  return labels.map((label) => {
    if (!label.pill && named.has(label.text)) return null;
    const choices = [label, ...(label.radius || label.pill ? [] : (label.further ?? []))]
      .flatMap(({ x, y }) => spots({ ...label, x, y }))
      .map(([x, y]) => ({ left: x, top: y, right: x + label.width, bottom: y + label.height }))
      .filter((r) => r.left >= 4 && r.top >= 4 && r.right <= size.width - 4 && r.bottom <= size.height - 4);
    const owns = label.radius > 0 || label.must; // a name on its spot has no dot of its own
    const others = dots.filter((d) => !(owns && d.left < label.x && label.x < d.right && d.top < label.y && label.y < d.bottom));
    const free = (/** @type {Rect[][]} */ ...all) => choices.find((r) => !all.some((some) => some.some((t) => meets(r, t))));
    const best = label.must
      ? (free(taken, others, controls, label.avoid ?? []) ?? free(taken, others, controls) ?? free(taken, controls) ?? (label.spare ? undefined : choices[0]))
      : free(taken, others, controls, lines);
    if (!best) return null;
    if (!label.pill) named.add(label.text);
    taken.push(best);
    return [best.left, best.top];
  });
}

/**
 * Returns which labels may stand: not those whose dot would lie on an earlier dot.
 * @param {{ x: number, y: number, radius: number }[]} labels
 * @returns {boolean[]}
 */
export function apart(labels) {
  /** @type {typeof labels} */
  const kept = [];
  return labels.map((label) => {
    const bad = kept.some((k) => k.radius && label.radius && Math.hypot(k.x - label.x, k.y - label.y) < k.radius + label.radius);
    if (!bad) kept.push(label);
    return !bad;
  });
}

/**
 * Returns small squares along a line in pixels, which names keep clear of.
 * @param {{ x: number, y: number }[]} points
 * @returns {Rect[]}
 */
export function along(points) {
  return points.slice(1).flatMap((b, i) => {
    const a = points[i];
    const count = Math.min(200, Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / 12)));
    return Array.from({ length: count }, (_, k) => around(a.x + ((b.x - a.x) * k) / count, a.y + ((b.y - a.y) * k) / count, 3));
  });
}

/**
 * Returns a square round a point.
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @returns {Rect}
 */
export function around(x, y, radius) {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

/**
 * @param {Rect} a
 * @param {Rect} b
 */
function meets(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * Returns the corners to try, best first: right, left, the four slants, above, below; a pill starts on its line.
 * @param {Wanted} label
 * @returns {[number, number][]}
 */
function spots({ x, y, radius, width: w, height: h, pill, loose, side = 0 }) {
  if (!radius && !pill) {
    /** @type {[number, number][]} */
    const beside = loose ? [[x + 14, y - h / 2], [x - 14 - w, y - h / 2], [x + 10, y - 8 - h], [x + 10, y + 8], [x - 10 - w, y - 8 - h], [x - 10 - w, y + 8]] : [];
    return [[x - w / 2, y - h / 2], ...beside];
  }
  const gap = radius + (pill ? 8 : 4);
  const up = gap + h / 2;
  const top = y - h / 2;
  /** @type {[number, number][]} */
  const round = [
    [x + gap, top],
    [x - gap - w, top],
    [x + gap * 0.8, top - up * 0.8],
    [x + gap * 0.8, top + up * 0.8],
    [x - gap * 0.8 - w, top - up * 0.8],
    [x - gap * 0.8 - w, top + up * 0.8],
    [x - w / 2, top - up],
    [x - w / 2, top + up],
  ];
  if (!pill || radius) return [round[side], ...round];
  return [[x - w / 2, top], [x - w / 2, top - 34], [x - w / 2, top + 34], [x + 24, top], [x - 24 - w, top], ...round];
}
