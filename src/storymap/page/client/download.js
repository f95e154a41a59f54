/**
 * What was checked, as files: made here, of what stands in the page. Which fields a reading has, and in what order,
 * says page/columns.py. Numbers are SI, words as the page's author and paper have them, whatever units a reader chose.
 * @import { Line, Story, StoryData, Stroke } from "./types.js"
 */
import { copyText, spotOf } from "./copy.js";
import { parts } from "./parts.js";
import { pathOf, readPath, toLatLon } from "./shapes.js";

/** What lines and rings are in a file. Of holes, and of what crosses the 180th meridian, globe.js knows. */
export const globe = {
  /** @type {(lines: Line[]) => Line[]} */
  lines: (lines) => lines,
  /** @type {(rings: Line[]) => Line[][]} */
  areas: (rings) => rings.map((ring) => [turned(ring)]),
};

/** @param {Story} story */
export function start(story) {
  const { data } = story;
  const part = (/** @type {string} */ css) => /** @type {any} */ (document.querySelector(css));
  const [box, field, copy, link] = ["", " textarea", " button", " a"].map((css) => part(`.saved${css}`));
  part(".saves").addEventListener("click", (/** @type {any} */ { target: { value: kind } }) => {
    const make = /** @type {Record<string, (told: any[], data: StoryData) => string>} */ ({ json, csv, geojson })[kind];
    if (!make) return;
    story.paper?.(true);
    const text = (field.value = make(readings(data), data)); // the field ends its lines in its own way
    story.paper?.(false);
    URL.revokeObjectURL(link.href);
    // Spreadsheets take a file without this mark for one in an old alphabet.
    link.href = URL.createObjectURL(new Blob([kind === "csv" ? "\ufeff" : "", text]));
    link.download = `checks.${kind}`;
    field.ariaLabel = link.download;
    // A frame may forbid files, and does not say so: there the text stands in the page, too.
    if (parent === window) return link.click();
    box.hidden = false;
    field.select();
  });
  copy.addEventListener("click", () => copyText(field.value, copy, data.words.textCopied));
}

/** @param {any} part @param {string} css @returns {any[]} */
const all = (part, css) => [...part.querySelectorAll(css)];

/** @param {any} part @param {string} css @returns {string[]} */
const texts = (part, css) => all(part, css).map(({ textContent }) => textContent);

/**
 * Returns every reading of every claim, in the order of the story.
 * @param {StoryData} data
 * @returns {Record<string, any>[]}
 */
function readings(data) {
  parts.all();
  const [columns, [also, ...names]] = data.files.map((list) => list.split("|"));
  const claims = data.claims();
  const steps = Object.fromEntries(all(document, ".step a.claim").map((link) => [link.dataset.claim, link.closest(".step")]));
  return all(document, ".entries .entry").flatMap((entry) => {
    const claim = entry.id.slice(3);
    const [kind, unit, limits, ...numbers] = claims[claim];
    const step = steps[claim];
    return [entry, ...all(entry, ".also")].map((part, n) => {
      const [value, below, above = below, low = limits[0], high = limits[1]] = numbers[n];
      const rows = Object.fromEntries(all(part, ":scope > .rows > dt").map((name) => [name.textContent, name.nextElementSibling]));
      const [ends, ...told] = names.map((name) => rows[name]);
      const values = [
        claim, step.id, texts(step, "h2")[0], /^http/.test(location.href) && location.href.replace(/[?#].*|$/, `#${step.id}`),
        texts(entry, ".said")[0].replace(/^.[\s\u2068]?|[\s\u2069]?.$/g, ""), n ? texts(part, "h4")[0].replace(also, "").replace(/[\u2068\u2069]/g, "") : "",
        kind, all(part, "use")[0].getAttribute("href").slice(3), unit,
        value, near(value - below), near(value + above), below, above,
        low, high, near(Math.min(value - (low ?? -Infinity), (high ?? Infinity) - value)),
        texts(part, ".what")[0], texts(part, ":scope > .note").join(" "),
        ...told.map((row) => row?.textContent), ...(ends ? all(ends, ".spot").flatMap((spot) => spotOf(spot).split(",").map(Number).reverse()) : []),
      ];
      return Object.fromEntries(columns.map((column, i) => [column, values[i] === 0 ? 0 : values[i] || null]));
    });
  });
}

/** Takes what a sum of floats is off away. @param {number} number */
const near = (number) => Math.round(number * 1e6) / 1e6;

/** @param {object} story */
const written = (story) => JSON.stringify({ title: document.title, language: document.documentElement.lang, credits: texts(document, "#sm_credits + ul li"), ...story }, null, 1);

/** @param {object[]} claims */
const json = (claims) => written({ claims });

/** @param {object[]} told */
const csv = (told) => [Object.keys(told[0]), ...told.map(Object.values)].map((row) => `${row.map(cell)}\r\n`).join("");

/**
 * Returns a cell as RFC 4180 wants it. A text that a spreadsheet would take for a formula is marked as text.
 * @param {unknown} value
 */
function cell(value) {
  if (typeof value !== "string") return value === Infinity ? "" : value;
  return `"${value.replace(/^[=+\-@\s]/, "'$&").replaceAll('"', '""')}"`;
}

/**
 * Returns the measured lines, and what the steps are about, as the page draws them (RFC 7946).
 * @param {Record<string, any>[]} told
 * @param {StoryData} data
 */
function geojson(told, data) {
  /** @type {Record<string, object>} */
  const features = {};
  /** @param {string} id @param {object | null} geometry @param {object} properties */
  const add = (id, geometry, properties) => (features[id] ??= { type: "Feature", id, geometry, properties });
  /** @param {Stroke | undefined} [stroke] */
  function drawn(stroke) {
    const d = stroke ? pathOf(stroke.shape) : "";
    const lines = readPath(d, 1, data.origin).map((line) => line.map(position));
    return /z/.test(d) ? shaped("Polygon", globe.areas(lines.map((ring) => [...ring, ring[0]]))) : shaped("LineString", globe.lines(lines));
  }
  const steps = data.steps();
  const measured = Object.fromEntries(steps.flatMap((step) => step.measured.map((one) => [one.claim, one])));
  let n = 0;
  for (const one of told) {
    const line = measured[one.claim];
    n = one.reading ? n + 1 : 0;
    add(one.claim + (n ? `_${n}` : ""), drawn((n ? (line?.also || [])[n - 1] : line)?.stroke), one);
  }
  for (const { id: step, strokes, names } of steps) {
    for (const stroke of strokes) if (/subject/.test(stroke.css)) add(stroke.shape, drawn(stroke), { step });
    for (const { text: name, style, dot, at } of names) {
      if (dot && style === "subject") add(name + at, shaped("Point", globe.lines([[position(toLatLon(at, data.origin))]])[0]), { step, name });
    }
  }
  return written({ type: "FeatureCollection", features: Object.values(features) });
}

/** @param {[number, number]} at @returns {[number, number]} */
const position = ([lat, lon]) => [near(lon), near(lat)];

/** @param {string} type @param {object[]} parts */
const shaped = (type, parts) => (parts[1] ? { type: `Multi${type}`, coordinates: parts } : parts[0] ? { type, coordinates: parts[0] } : null);

/**
 * Returns a ring against the clock, or with it.
 * @param {Line} ring
 * @param {number} [way] -1 is with it
 */
export function turned(ring, way = 1) {
  const area = ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0);
  return area * way < 0 ? [...ring].reverse() : ring;
}
