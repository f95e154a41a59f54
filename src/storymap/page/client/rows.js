/**
 * Reads what the compiler tells the client (page/client_data.py, where the rows are described): each row when it is
 * first asked for. So a page of a thousand steps has hardly more to read at its load than one of ten.
 * @import { Measured, Name, Point, Step, StoryData, Stroke } from "./types.js"
 */

/**
 * Returns what is told, as the rest of the client wants it.
 * @param {string} text a JSON list with a row to a line
 * @returns {StoryData}
 */
export function readStory(text) {
  const [head, units, claims, ...rows] = text.slice(1, -1).split(",\n");
  const { kinds, strokes, ...story } = JSON.parse(head);
  const { ids } = story;
  /** What was read: steps, and behind them the names that several have. @type {any[]} */
  const made = [];

  /** @param {number} at @param {(row: any[], at: number) => any} make */
  const once = (at, make) => (made[at] ??= make(JSON.parse(rows[at]), at));

  /** @param {any[]} list shapes, and behind each the number of its strokes @returns {Stroke[]} */
  const strokesOf = (list) => list.flatMap((shape, i) => (i % 2 ? [] : strokes[list[i + 1]].map((/** @type {string} */ css) => ({ shape, css }))));

  /** @param {any[]} row @returns {Name} */
  const nameOf = ([text, kind, at, zooms, moves, side, line, lang, local, localLang]) => {
    const [style, dot] = kinds[kind];
    const also = (moves || []).flatMap((/** @type {number} */ x, /** @type {number} */ i) => (i % 2 ? [] : [[at[0] + x, at[1] + moves[i + 1]]]));
    return { text, style, dot, at, zooms: zooms || [0, 30], side, also, line, lang, local, localLang };
  };

  /** @param {any[]} row @returns {Measured} */
  const measuredOf = ([claim, stroke, pill, miles, at, ends, box, also, inside, again, twin, arrow, km, hidden]) => ({
    claim,
    stroke: strokesOf(stroke)[0],
    pill,
    miles,
    km,
    at,
    ends,
    box: box || [Math.min, Math.max].flatMap((most) => [0, 1].map((axis) => most(...ends.map((/** @type {Point} */ end) => end[axis])))),
    also: also && also.map((/** @type {any} */ one) => one && { stroke: strokesOf(one[0])[0], box: one[1] }),
    inside,
    again,
    twin,
    arrow,
    hidden,
  });

  /** @param {any[]} row @param {number} at @returns {Step} */
  const stepOf = ([box, closest, strokes, names, measured, grounds, arrows], at) => ({
    id: ids[at],
    box,
    closest,
    strokes: strokesOf(strokes),
    names: names.map((/** @type {any} */ one) => (one.map ? nameOf(one) : once(ids.length + one, nameOf))),
    measured: measured.map(measuredOf),
    grounds,
    arrows,
  });

  const step = (/** @type {number} */ at) => once(at, stepOf);
  return {
    ...story,
    step,
    steps: () => ids.map((/** @type {string} */ _, /** @type {number} */ at) => step(at)),
    units: () => JSON.parse(units),
    claims: () => JSON.parse(claims),
  };
}
