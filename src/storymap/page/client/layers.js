/**
 * What lies on the map: the basemap's tier and a step's strokes, lines, dots and words, as Leaflet's layers, made once.
 * Only this module and map.js touch Leaflet.
 * @import { Arrow, BoxArray, Ground, Measured, Name, Point, Rect, Step, StoryData, Stroke, Tier } from "./types.js"
 */
import { fit } from "./fit.js";
import { RING_PX, createLettering } from "./lettering.js";
import { GRID, linesOf, pathOf, toLatLon } from "./shapes.js";

const RING_BELOW_PX = 24;
// Arrowheads to the east: about a spot of a line, and before its end.
const HEAD = "M-5-5.5 7 0-5 5.5z";
const FAR_HEAD = "M-19-6-6 0-19 6z";
const LEAST_PX = 6; // the radius from which uncertain ground is worth drawing (see page/map/uncertainty.py)
const LARGEST = 0.4; // of the smaller side of the map
const PARTS = /** @type {const} */ (["borders", "lakes", "land"]);

/**
 * Returns the layers of a map: draw a tier, draw a step, letter the view.
 * @param {L.Map} map
 * @param {StoryData} data
 */
export function createLayers(map, data) {
  const names = map.createPane("names");
  // What the map shows stands in the step's caption; names in the order of their places would only confuse.
  for (const pane of [names, map.getPane("overlayPane")]) pane?.setAttribute("aria-hidden", "true");
  names.lang = document.documentElement.lang; // the story's words, on a map that speaks our language
  // A page with tiles has a pane below them for the basemap.
  const under = map.getPane("base") && L.svg({ pane: "base" });
  const base = L.layerGroup().addTo(map);
  const over = L.layerGroup().addTo(map);
  const box = map.getContainer();
  /** @type {Map<string, L.Path>} */
  const drawn = new Map();
  /** @type {Map<string, [any, Point[][]]>} */
  const decoded = new Map();
  /** What the step draws, in order, and whether another claim has put it aside. @type {Map<L.Path, boolean>} */
  const wanted = new Map();
  /** @type {Set<L.Path>} */
  const dots = new Set();
  const Head = /** @type {any} */ (L.CircleMarker).extend({
    _updatePath() {
      const { _path, _point: { x, y }, options } = this;
      _path.setAttribute("d", options.className === "arrow" ? HEAD : FAR_HEAD);
      _path.setAttribute("transform", `translate(${x} ${y}) rotate(${options.turn})`);
    },
  });
  // Leaflet's whole pixels would make a straight line waver.
  map.latLngToLayerPoint = (at) => /** @type {any} */ (map.project(L.latLng(at)))._multiplyBy(8)._round()._divideBy(8)._subtract(map.getPixelOrigin());
  let tier = "";
  /** @type {Step} */
  let step = data.step(0);
  /** @type {string | null} */
  let opened = null;
  /** Returns the words on a measured line. @type {(measured: Measured) => string | undefined} */
  let told = () => undefined;
  let other = -1; // which of the opened claim's other readings is asked for
  const lettering = createLettering(names, {
    zoom: () => map.getZoom(),
    size: () => ({ width: map.getSize().x, height: map.getSize().y }),
    toPx,
    linesOf: (shape) => decodedOnce(shape)[1].map((line) => line.map(toPx)),
    put: (element, corner) => L.DomUtil.setPosition(element, map.containerPointToLayerPoint(L.point(corner))),
  });

  /** Returns Leaflet's kind of a shape in the document, and its lines on its grid, decoded once. @param {string} id */
  function decodedOnce(id) {
    const d = decoded.has(id) ? "" : pathOf(id);
    const shape = decoded.get(id) ?? [/z/.test(d) ? Area : Line, linesOf(d)];
    decoded.set(id, shape);
    return shape;
  }

  /**
   * Returns Leaflet's kind of line or area for lines on a grid: what stands on Mercator's plane already needs no degrees.
   * @param {any} kind
   */
  const onGrid = (kind) => kind.extend({
    _setLatLngs(/** @type {Point[][]} */ lines) {
      this._latlngs = lines;
      this._bounds = L.latLngBounds([0, 0], [0, 0]); // some, or it would not be drawn
    },
    _projectLatlngs(/** @type {Point[][]} */ lines, /** @type {L.Point[][]} */ rings, /** @type {L.Bounds} */ bounds) {
      for (const line of lines) {
        const ring = line.map(toLayer);
        for (const at of ring) bounds.extend(at);
        rings.push(ring);
      }
    },
  });
  const [Line, Area] = [L.Polyline, L.Polygon].map(onGrid);

  /** A part of the basemap: the document's own path, which the browser reads once, put where the view has it. */
  const Ground = /** @type {any} */ (L.Path).extend({
    initialize(/** @type {object} */ options) {
      this.options = { ...this.options, ...options };
    },
    onAdd() {
      this._renderer._initPath(this);
      this._path = this.own ??= filled(this._path, this.options.id);
      this._reset();
      this._renderer._addPath(this);
    },
    _project() {}, // each of its corners, Leaflet would
    _update() {
      const { scale, turn } = this.options;
      const unit = (scale / GRID) * 2 ** (map.getZoom() + 8);
      const { x, y } = toLayer([turn * GRID, 0]);
      this._path.setAttribute("transform", `matrix(${unit} 0 0 ${unit} ${x} ${y})`);
    },
  });

  /** @param {SVGPathElement} path @param {string} id */
  function filled(path, id) {
    path.setAttribute("d", pathOf(id));
    path.setAttribute("vector-effect", "non-scaling-stroke");
    return path;
  }

  /** Returns Leaflet's layer point of a position, to an eighth: whole pixels would make a straight line waver. @param {Point} at */
  function toLayer([x, y]) {
    const size = 2 ** (map.getZoom() + 8);
    const { x: left, y: top } = map.getPixelOrigin();
    const px = (/** @type {number} */ at) => Math.round(8 * size * (at / GRID + 0.5)) / 8;
    return L.point(px(x + data.origin[0]) - left, px(y + data.origin[1]) - top);
  }

  /**
   * Returns a layer by its key, made once.
   * @param {string} key
   * @param {() => L.Path} make
   */
  function once(key, make) {
    const path = drawn.get(key) ?? make();
    drawn.set(key, path);
    return path;
  }

  /**
   * Returns a path layer for a shape in the document.
   * @param {string} id
   * @param {string} css
   */
  function layer(id, css) {
    return once(`${id} ${css}`, () => {
      const [Kind, lines] = decodedOnce(id);
      return new Kind(lines, { className: css, interactive: false, smoothFactor: 0.5 });
    });
  }

  /**
   * Draws a tier, and once more on either side where a view of the world goes on there.
   * @param {Tier} best
   * @param {BoxArray} view
   */
  function drawBase(best, view) {
    const middle = (best.box[0] + best.box[2]) / 2;
    // No land reaches farther than 0.3 worlds into the next.
    const turns = [0, -1, 1, -2, 2].filter((k) => {
      const side = Math.sign(k);
      return !k || (best.wraps && side * (view[1 + side] - middle) > (Math.abs(k) - 0.8) * GRID);
    });
    if (best.id + turns === tier) return;
    tier = best.id + turns;
    base.clearLayers();
    // All land lies below all borders: what goes on beyond the seam would hide those of the next copy.
    for (const part of PARTS) {
      for (const turn of turns) {
        const [id, scale] = [`${best.id}_${part}`, best.scale];
        const path = once(id + turn, () => new Ground({ id, scale, turn, className: part, interactive: false, renderer: under }));
        base.addLayer(path);
        path.bringToBack();
      }
    }
  }

  /** @param {Stroke} stroke @param {string} [css] @param {boolean} [dim] */
  const add = (stroke, css = stroke.css, dim = false) => wanted.set(layer(stroke.shape, css), dim);

  /** @param {Stroke} stroke @param {boolean} [dim] */
  function addLine(stroke, dim) {
    add(stroke, stroke.css.replace("measured", "halo"), dim);
    add(stroke, stroke.css, dim);
  }

  /**
   * Draws a step, with the line of one claim before the others; what stays from before stays on the map.
   * @param {Step} now
   * @param {string | null} claim
   * @param {number} reading which of the claim's other readings is drawn too, or -1
   * @param {boolean} enters whether journeys draw themselves
   */
  function drawStep(now, claim, reading, enters) {
    // What readers guess first is not there yet.
    step = { ...now, measured: now.measured.filter((one) => !one.hidden) };
    [opened, other] = [claim, reading];
    wanted.clear();
    dots.clear();
    lettering.clear();
    for (const stroke of step.strokes) add(stroke);
    for (const ground of step.grounds) wanted.set(groundOf(ground), false);
    for (const measured of step.measured) drawMeasured(measured);
    for (const arrow of step.arrows) wanted.set(head(arrow, "arrow"), false);
    for (const name of step.names) drawName(name);
    over.eachLayer((path) => void (wanted.has(/** @type {L.Path} */ (path)) || dots.has(/** @type {L.Path} */ (path)) || over.removeLayer(path)));
    for (const [path, dim] of wanted) {
      over.addLayer(path);
      path.bringToFront().getElement()?.classList.toggle("dim", dim);
    }
    enter(enters);
  }

  /** Starts or ends the drawing of journeys. @param {boolean} on */
  function enter(on) {
    const journeys = box.querySelectorAll(".journey");
    box.classList.toggle("entering", on && journeys.length > 0);
    for (const path of journeys) {
      if (on) path.setAttribute("pathLength", "1");
      else path.removeAttribute("pathLength"); // or it would stretch the dashes
    }
  }
  box.addEventListener("animationend", () => enter(false));

  /** @param {Ground} ground */
  const groundOf = ({ at, radius, shape }) => (shape ? layer(shape, "ground") : spot(at, radius, "ground"));

  /** Draws uncertain ground where the view can show it, and returns whether there is some. */
  function fitGrounds() {
    const { x, y } = map.getSize();
    let some = false;
    for (const ground of step.grounds) {
      const unit = 2 ** (15 - map.getZoom());
      const px = ground.radius / unit;
      // In the ring round a short line it would be a blot.
      const blot = px < 2 * RING_PX && step.measured.some((m) => isShort(m) && Math.hypot(m.at[0] - ground.at[0], m.at[1] - ground.at[1]) < RING_PX * unit);
      const seen = px >= LEAST_PX && px <= LARGEST * Math.min(x, y) && !blot;
      const path = groundOf(ground);
      if (!ground.shape && seen) /** @type {L.CircleMarker} */ (path).setRadius(px);
      path.getElement()?.classList.toggle("off", !seen);
      some ||= seen;
    }
    return some;
  }

  /** @param {Name} name */
  function drawName(name) {
    const { style, at, dot: kind } = name;
    const radius = kind ? data.dots[kind] : 0;
    const dot = kind ? spot(at, radius, `dot ${kind}${style === "subject" ? "" : " aside"}`) : null;
    if (dot) dots.add(dot);
    lettering.add({
      ...name,
      css: `name ${style}`,
      radius: radius ? radius + 1.5 : 0,
      dot: dot && ((stands) => void (stands ? over.addLayer(dot) : over.removeLayer(dot))),
      line: name.line ?? "",
      pill: false,
      subject: style === "subject",
      loose: !kind && (style === "subject" || style === "town"),
      claim: "",
    });
  }

  /** @param {Measured} measured */
  function drawMeasured(measured) {
    // The same line twice would be a pile of labels: the second is drawn in place of the first when it is opened.
    const open = step.measured.find((m) => m.claim === opened);
    const one = open?.again ? open.stroke.shape : open?.twin;
    if (one === measured.stroke.shape ? measured !== open : measured.again) return;
    const dim = opened !== null && opened !== measured.claim ? " dim" : "";
    const { stroke, arrow } = measured;
    const also = measured === open && measured.also?.[other];
    if (!measured.twin || measured === open) {
      addLine(stroke, Boolean(dim));
      if (also) drawReading(also.stroke);
      if (isShort(measured)) wanted.set(spot(measured.at, RING_PX, "ring"), Boolean(dim));
      else for (const end of measured.ends) wanted.set(spot(end, data.dots.end, "dot end"), Boolean(dim));
      if (arrow) wanted.set(head(arrow, "arrow end"), Boolean(dim));
    }
    const { pill, at, claim } = measured;
    const text = told(measured) || pill;
    const number = { text, css: `pill${dim}`, at, radius: lengthOf(measured), line: measured.inside ? "" : stroke.shape, claim };
    if (text) lettering.add({ ...number, dot: null, zooms: [0, 30], pill: true, subject: true, loose: false });
  }

  /** Draws the line of another reading, with the number that the open panel tells of it. @param {Stroke} stroke */
  function drawReading(stroke) {
    addLine(stroke);
    const text = document.querySelector(".panel .also[open] .verdict span")?.textContent;
    const [line] = decodedOnce(stroke.shape)[1]; // a line of no length draws nothing
    if (!text || !line) return;
    const [a, b] = [line[0], line[line.length - 1]];
    const at = /** @type {Point} */ ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    lettering.add({ text, css: "pill", at, radius: 0, line: stroke.shape, claim: "", dot: null, zooms: [0, 30], pill: true, subject: true, loose: false });
  }

  /** @param {Measured} measured */
  const isShort = (measured) => lengthOf(measured) / 2 ** (15 - target().zoom) < RING_BELOW_PX;

  /** @param {Measured} measured */
  const lengthOf = ({ box: b }) => Math.hypot(b[2] - b[0], b[3] - b[1]);

  /**
   * @param {Point} at
   * @param {number} radius
   * @param {string} css
   */
  function spot(at, radius, css) {
    return once(`${at} ${radius} ${css}`, () => L.circleMarker(toLatLon(at, data.origin), { radius, className: css, interactive: false }));
  }

  /** @param {Arrow} arrow @param {string} css */
  function head([x, y, turn], css) {
    return once(`${x} ${y} ${css}`, () => new Head(toLatLon([x, y], data.origin), { radius: 6, turn, className: css, interactive: false }));
  }

  /** @param {Point} at */
  function toPx(at) {
    return map.layerPointToContainerPoint(toLayer(at));
  }

  /**
   * Places the words of the step for the view as it stands. Returns where what is measured lies.
   * @param {Rect[]} controls what nothing may hide under
   */
  function letter(controls) {
    const rings = step.measured.filter(isShort).map((m) => m.at);
    const lines = lettering.arrange(step.measured, rings, controls);
    for (const dot of dots) if (over.hasLayer(dot)) dot.bringToFront();
    return lines;
  }

  /** Returns where the camera belongs: the opened claim's line, else the step. */
  function target() {
    const open = step.measured.find((m) => m.claim === opened);
    const size = map.getSize();
    return fit(open?.also?.[other]?.box ?? open?.box ?? step.box, { width: size.x, height: size.y }, step.closest);
  }

  /** Has numbers told in other units. @param {typeof told} say */
  const tell = (say) => void (told = say);

  return { drawBase, drawStep, fitGrounds, letter, target, tell };
}
