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
 * @property {boolean} [subject] what the step is about: numbers make room for its name, which may lie on a line
 * @property {boolean} [loose] the name of a line or an area, which may also stand beside its middle
 * @property {number} [side] which spot round its dot was free when the page was built
 * @property {{ x: number, y: number }[]} [further] where else a name without a dot may stand
 * @property {Rect[]} [avoid] what one that must stand keeps clear of where it can
 */

/**
 * Returns for each label its top left corner, or null where it found no room. Labels come by rank, numbers first. For
 * what the step is about, numbers are moved if all of them still stand.
 * @param {Wanted[]} labels
 * @param {Rect[]} lines what names keep clear of; numbers stand on their lines
 * @param {Rect[]} controls what nothing may hide under
 * @param {Size} size
 * @returns {([number, number] | null)[]}
 */
export function place(labels, lines, controls, size) {
  const order = labels.map((_, i) => i);
  const found = placed(order);
  const lost = order.filter((i) => labels[i].subject && !found[i]);
  if (!lost.length || !labels.some((l) => l.pill)) return found;
  const other = placed([...lost, ...order.filter((i) => !lost.includes(i))]);
  return labels.every((l, i) => !l.pill || !found[i] || other[i]) && lost.some((i) => other[i]) ? other : found;

  /** @param {number[]} some */
  function placed(some) {
    /** @type {Rect[]} */
    const taken = [];
    const dots = labels.filter((l) => l.radius > 0).map((l) => around(l.x, l.y, l.radius));
    /** @type {Set<string | undefined>} */
    const named = new Set();
    /** @type {([number, number] | null)[]} */
    const corners = labels.map(() => null);
    for (const i of some) {
      const label = labels[i];
      if (!label.pill && named.has(label.text)) continue;
      const choices = spots(label)
        .map(([x, y]) => ({ left: x, top: y, right: x + label.width, bottom: y + label.height }))
        .filter((r) => r.left >= 4 && r.top >= 4 && r.right <= size.width - 4 && r.bottom <= size.height - 4 && ![taken, controls].some((all) => all.some((t) => meets(r, t))));
      const owns = label.radius > 0 || label.pill; // a name on its spot has no dot of its own
      const others = dots.filter((d) => !(owns && d.left < label.x && label.x < d.right && d.top < label.y && label.y < d.bottom));
      const free = (/** @type {Rect[][]} */ ...all) => choices.find((r) => !all.some((rects) => rects.some((t) => meets(r, t))));
      const best = free(others, label.pill ? (label.avoid ?? []) : lines) ?? (label.pill || label.subject ? free(others) : undefined) ?? (label.pill ? choices[0] : undefined);
      if (!best) continue;
      if (!label.pill) named.add(label.text);
      taken.push(best);
      corners[i] = [best.left, best.top];
    }
    return corners;
  }
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
function spots({ x, y, radius, width: w, height: h, pill, loose, subject, further = [], side = 0 }) {
  const round = (/** @type {number} */ gap) => {
    const [up, top] = [gap + h / 2, y - h / 2];
    return /** @type {[number, number][]} */ ([
      [x + gap, top],
      [x - gap - w, top],
      [x + gap * 0.8, top - up * 0.8],
      [x + gap * 0.8, top + up * 0.8],
      [x - gap * 0.8 - w, top - up * 0.8],
      [x - gap * 0.8 - w, top + up * 0.8],
      [x - w / 2, top - up],
      [x - w / 2, top + up],
    ]);
  };
  /** @type {[number, number][]} */
  const onIt = [[-w / 2, -h / 2]];
  if (pill) onIt.push([-w / 2, -h / 2 - 34], [-w / 2, 34 - h / 2], [24, -h / 2], [-24 - w, -h / 2]);
  else if (loose) onIt.push([14, -h / 2], [-14 - w, -h / 2], [10, -8 - h], [10, 8], [-10 - w, -8 - h], [-10 - w, 8]);
  /** @type {[number, number][]} */
  const on = radius ? [] : [{ x, y }, ...further].flatMap((at) => onIt.map(([dx, dy]) => /** @type {[number, number]} */ ([at.x + dx, at.y + dy])));
  const gap = radius + (pill ? 8 : 4);
  const near = radius || pill ? round(gap) : [];
  return [...on, ...near.slice(side, side + 1), ...near, ...(pill ? [30, 60] : subject ? [14] : []).flatMap((more) => round(gap + more))];
}
