/**
 * The words on the map: names and numbers, placed anew for each view, and the dots that belong to them. No Leaflet here.
 * @import { Measured, Point, Rect, Size } from "./types.js"
 */
import { spotsInView } from "./inview.js";
import { along, apart, around, place } from "./labels.js";

export const RING_PX = 15;

/**
 * @typedef {object} View what the map tells of itself, in pixels from its top left corner
 * @property {() => number} zoom
 * @property {() => Size} size
 * @property {(at: Point) => { x: number, y: number }} toPx
 * @property {(shape: string) => { x: number, y: number }[][]} linesOf
 * @property {(element: HTMLElement, corner: [number, number]) => void} put
 */

/**
 * @typedef {object} Letter
 * @property {string} text
 * @property {string} css
 * @property {Point} at
 * @property {number} radius of its dot in pixels; of a number, the length of its line in grid units
 * @property {((stands: boolean) => void) | null} dot shows or hides its dot
 * @property {[number, number]} zooms
 * @property {string} line the shape of the line that it belongs to: it stands on the part that is in view; or ""
 * @property {Point[]} [also] where else it may stand
 * @property {number} [side] the spot round its dot to try first
 * @property {string} [lang] of a text that is not in the story's language
 * @property {string} [local] a second line, in `localLang`
 * @property {string} [localLang]
 * @property {boolean} pill a number on a line
 * @property {boolean} subject
 * @property {boolean} loose the name of a line or an area
 * @property {string} claim
 */

/**
 * Returns the words in a pane: clear them, add some, arrange all for the view as it stands.
 * @param {HTMLElement} pane moves with the map, so a drag takes the words along
 * @param {View} view
 */
export function createLettering(pane, view) {
  /** @type {(Letter & { element: HTMLElement, width: number, height: number })[]} */
  let letters = [];

  /**
   * Returns where what is measured lies: names keep clear of it.
   * @param {Measured[]} measured what is measured in this step
   * @param {Point[]} rings where short lines have a ring round them
   * @param {Rect[]} controls what nothing may hide under
   */
  function arrange(measured, rings, controls) {
    const size = view.size();
    const zoom = view.zoom();
    // All at once, when all are there: a browser lays the page out anew for the first that is asked after a change.
    for (const l of letters) if (!l.width) [l.width, l.height] = [l.element.offsetWidth, l.element.offsetHeight];
    const lines = rectsOf(measured, view);
    const here = letters.map((l) => {
      const onIt = l.pill && !clearOf(l, zoom);
      const spots = l.line ? spotsInView(view.toPx(l.at), () => view.linesOf(l.line), size, onIt) : [l.at, ...(l.also ?? [])].map(view.toPx);
      const seen = spots.filter((s) => s.x >= 0 && s.y >= 0 && s.x <= size.width && s.y <= size.height);
      const [p, ...further] = seen.length ? seen : spots;
      return { l, p, further };
    });
    const inView = here.filter(
      ({ l, p }) => (l.pill || (zoom >= l.zooms[0] && zoom <= l.zooms[1])) && p.x >= 0 && p.y >= 0 && p.x <= size.width && p.y <= size.height,
    );
    const stands = apart(inView.map(({ l, p }) => ({ x: p.x, y: p.y, radius: l.pill ? 0 : l.radius })));
    const shown = inView.filter((_, i) => stands[i]);
    const ringsPx = rings.map(view.toPx);
    const avoided = (/** @type {string} */ claim, /** @type {{ x: number, y: number }} */ at) => [
      ...measured.filter((m) => m.claim !== claim && !m.again).map((m) => rectsOf([m], view)).filter((line) => !isOn(at, line)).flat(),
      ...measured.filter((m) => m.claim === claim).flatMap((m) => endsOf(m, view)),
    ];
    const corners = place(
      shown.map(({ l, p, further }) => ({
        x: p.x,
        y: p.y,
        radius: l.pill ? clearOf(l, zoom) : outOfRings(p, l.radius, ringsPx),
        width: l.width,
        height: l.height,
        pill: l.pill,
        subject: l.subject && !l.pill,
        text: l.text,
        loose: l.loose,
        side: l.side,
        further,
        avoid: l.pill ? avoided(l.claim, p) : [],
      })),
      lines,
      controls,
      size,
    );
    const placed = new Map(shown.map(({ l }, i) => [l, corners[i]]));
    for (const { l } of here) {
      const corner = placed.get(l) ?? null;
      l.element.hidden = !corner;
      if (corner) view.put(l.element, corner);
      l.dot?.(Boolean(corner || (l.subject && placed.has(l))));
    }
    return lines;
  }

  return {
    clear() {
      pane.replaceChildren();
      letters = [];
    },
    /** @param {Letter} letter */
    add(letter) {
      const element = document.createElement("span");
      element.className = letter.css;
      element.textContent = letter.text;
      element.dir = "auto";
      if (letter.lang) element.lang = letter.lang;
      if (letter.local) {
        const local = element.appendChild(document.createElement("span"));
        local.textContent = letter.local;
        local.lang = letter.localLang ?? "";
      }
      pane.append(element);
      letters.push({ ...letter, element, width: 0, height: 0 });
    },
    arrange,
  };
}

/**
 * Returns whether a spot lies on a line: two of one course share the ground for their numbers.
 * @param {{ x: number, y: number }} at
 * @param {Rect[]} line
 */
function isOn({ x, y }, line) {
  return line.some((r) => r.left <= x && x <= r.right && r.top <= y && y <= r.bottom);
}

/**
 * Returns how far a name keeps from its dot: a dot in the ring of a short line has it outside of the ring.
 * @param {{ x: number, y: number }} at
 * @param {number} radius
 * @param {{ x: number, y: number }[]} rings
 */
function outOfRings(at, radius, rings) {
  const far = rings.map((ring) => Math.hypot(ring.x - at.x, ring.y - at.y));
  return radius ? Math.max(radius, ...far.filter((px) => px < RING_PX).map((px) => RING_PX + px)) : 0;
}

/**
 * Returns how far a number keeps from the middle of its line: it stands on a long one and beside a short one.
 * @param {{ width: number, radius: number }} pill `radius`: the line's length in grid units
 * @param {number} zoom
 */
function clearOf({ width, radius }, zoom) {
  const px = radius / 2 ** (15 - zoom);
  return px > width + 40 ? 0 : Math.max(16, Math.min(px / 2, 24));
}

/**
 * Returns where measured lines and their ends are.
 * @param {Measured[]} some
 * @param {View} view
 * @returns {Rect[]}
 */
function rectsOf(some, view) {
  const lines = some.flatMap((m) => view.linesOf(m.stroke.shape));
  return [...some.flatMap((m) => endsOf(m, view)), ...lines.flatMap(along)];
}

/**
 * @param {Measured} measured
 * @param {View} view
 * @returns {Rect[]}
 */
const endsOf = ({ ends }, view) => ends.map(view.toPx).map(({ x, y }) => around(x, y, 6));
