/**
 * What was checked, as files: made here, of what stands in the page.
 * @import { Story, StoryData } from "./types.js"
 */
import { copyText } from "./copy.js";
import { parts } from "./parts.js";
import { pathOf, readPath, toLatLon } from "./shapes.js";

const DEGREES = 1e5; // the drawing's grid is 4e-5 degrees wide

/** @param {Story} story */
export function start({ data }) {
  const part = (/** @type {string} */ css) => /** @type {any} */ (document.querySelector(css));
  const [box, field, copy, link] = ["", " textarea", " button", " a"].map((css) => part(`.saved${css}`));
  part(".saves").addEventListener("click", (/** @type {any} */ { target: { value: kind } }) => {
    const make = /** @type {Record<string, (data: StoryData) => string>} */ ({ json, csv, geojson })[kind];
    if (!make) return;
    const text = (field.value = make(data)); // the field ends its lines in its own way
    URL.revokeObjectURL(link.href);
    // Spreadsheets take a file without this mark for one in an old alphabet.
    link.href = URL.createObjectURL(new Blob([kind === "csv" ? "\ufeff" : "", text]));
    link.download = `checks.${kind}`;
    field.setAttribute("aria-label", link.download);
    // A frame may forbid files, and does not say so: there the text stands in the page, too.
    if (parent === window) return link.click();
    box.hidden = false;
    field.select();
  });
  copy.addEventListener("click", () => copyText(field.value, copy, data.words.textCopied));
}

/**
 * Returns every reading of every claim, in the order of the story.
 * @param {StoryData} data
 */
function readings(data) {
  parts.all();
  return Object.entries(data.claims ?? {}).flatMap(([claim, [kind, unit, ...numbers]]) => {
    const entry = /** @type {Element} */ (document.getElementById(`sm_${claim}`));
    const step = /** @type {Element} */ (document.querySelector(`.step [data-claim="${claim}"]`)?.closest(".step"));
    const words = (/** @type {Element} */ part, /** @type {string} */ css) => part.querySelector(css)?.textContent ?? "";
    return [entry, ...entry.querySelectorAll(".also")].map((part, n) => ({
      claim,
      step: step.id,
      title: words(step, "h2"),
      quote: words(entry, ".said").slice(1, -1),
      reading: words(part, ":scope > summary > h4"),
      kind,
      verdict: part.querySelector("use")?.getAttribute("href")?.slice(3),
      value: numbers[n][0],
      low: near(numbers[n][0] - numbers[n][1]),
      high: near(numbers[n][0] + (numbers[n][2] ?? numbers[n][1])),
      unit,
      measured: words(part, ".what"),
      rows: Object.fromEntries([...part.querySelectorAll(":scope > .rows > dt")].map((name) => [name.textContent, name.nextElementSibling?.textContent])),
    }));
  });
}

/** Takes what a sum of floats is off away. @param {number} number */
const near = (number) => Math.round(number * 1e6) / 1e6;

/** @param {object} story */
const written = (story) => JSON.stringify({ title: document.title, ...story }, null, 1);

/** @param {StoryData} data */
const json = (data) => written({ language: document.documentElement.lang, claims: readings(data) });

/** @param {StoryData} data */
function csv(data) {
  const table = readings(data).map(({ rows, ...told }) => told);
  return [Object.keys(table[0]), ...table.map(Object.values)].map((row) => `${row.map(cell)}\r\n`).join("");
}

/**
 * Returns a cell as RFC 4180 wants it. A text that a spreadsheet would take for a formula is marked as text.
 * @param {unknown} value
 */
function cell(value) {
  return typeof value === "string" ? `"${value.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"` : value;
}

/**
 * Returns the measured lines, and what the steps are about, as the page draws them (RFC 7946).
 * @param {StoryData} data
 */
function geojson(data) {
  const told = readings(data);
  /** @type {Record<string, object>} */
  const features = {};
  /** @param {string} id @param {object} geometry @param {object} [properties] */
  const add = (id, geometry, properties) => (features[id] ??= { type: "Feature", id, geometry, properties });
  /** @param {string} shape */
  const lines = (shape) => ({ type: "MultiLineString", coordinates: readPath(pathOf(shape), 1, data.origin).flatMap(cut) });
  for (const { measured } of data.steps) for (const { claim, stroke } of measured) add(claim, lines(stroke.shape), told.find((one) => one.claim === claim));
  for (const { id: step, strokes, names } of data.steps) {
    for (const { shape, css } of strokes) if (/subject/.test(css)) add(shape, lines(shape), { step });
    for (const { text: name, style, dot, at } of names.map((number) => data.names[number])) {
      const [[coordinates]] = cut([toLatLon(at, data.origin)]);
      if (dot && style === "subject") add(name, { type: "Point", coordinates }, { step, name });
    }
  }
  return written({ type: "FeatureCollection", features: Object.values(features) });
}

/**
 * Returns a line as [lon, lat], in pieces that end at the 180th meridian.
 * @param {[number, number][]} line [lat, lon], which may go on beyond 180 degrees
 */
function cut(line) {
  /** @type {number[][][]} */
  const pieces = [];
  let [y, x, turn] = [0, 0, NaN];
  for (const [lat, lon] of line) {
    const put = (/** @type {number} */ at, /** @type {number} */ to) => pieces[pieces.length - 1].push([to - 360 * turn, at].map((degrees) => Math.round(degrees * DEGREES) / DEGREES));
    const now = Math.floor((lon + 180) / 360);
    if (now !== turn) {
      const edge = 360 * Math.max(now, turn) - 180;
      const at = y + ((lat - y) * (edge - x)) / (lon - x);
      if (pieces.length) put(at, edge);
      turn = now;
      if (pieces.push([]) > 1) put(at, edge);
    }
    put(lat, lon);
    [y, x] = [lat, lon];
  }
  return pieces;
}
