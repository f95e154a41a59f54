/**
 * What lies on the map: the basemap's tier and a step's strokes, lines, dots and words, as Leaflet's layers, made once.
 * Only this module and map.js touch Leaflet.
 * @import { Measured, Name, Point, Rect, Step, StoryData, Stroke, Tier } from "./types.js"
 */
import { fit } from "./fit.js";
import { RING_PX, createLettering } from "./lettering.js";
import { pathOf, readPath, toLatLon } from "./shapes.js";

const RING_BELOW_PX = 24;
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
  const base = L.layerGroup().addTo(map);
  const over = L.layerGroup().addTo(map);
  /** @type {Map<string, L.Path>} */
  const drawn = new Map();
  let tier = "";
  /** @type {Step} */
  let step = data.steps[0];
  /** @type {string | null} */
  let opened = null;
  const lettering = createLettering(names, {
    zoom: () => map.getZoom(),
    size: () => ({ width: map.getSize().x, height: map.getSize().y }),
    toPx,
    linesOf: (shape) => readPath(pathOf(shape), 1, data.origin).map((line) => line.map((at) => map.latLngToContainerPoint(at))),
    put: (element, corner) => L.DomUtil.setPosition(element, map.containerPointToLayerPoint(L.point(corner))),
  });

  /**
   * Returns a path layer for a shape in the document, made once.
   * @param {string} id
   * @param {string} css
   * @param {boolean} closed
   * @param {number} scale
   */
  function layer(id, css, closed, scale) {
    const key = `${id} ${css}`;
    let path = drawn.get(key);
    if (!path) {
      const lines = readPath(pathOf(id), scale, data.origin);
      const options = { className: css, interactive: false, smoothFactor: 0.5 };
      path = closed ? L.polygon(lines, options) : L.polyline(lines, options);
      drawn.set(key, path);
    }
    return path;
  }

  /** @param {Tier} best */
  function drawBase(best) {
    if (best.id === tier) return;
    tier = best.id;
    base.clearLayers();
    for (const part of PARTS) {
      const path = layer(`${best.id}_${part}`, part, part !== "borders", best.scale);
      base.addLayer(path);
      path.bringToBack();
    }
  }

  /** @param {Stroke} stroke */
  const add = (stroke) => over.addLayer(layer(stroke.shape, stroke.css, stroke.closed, 1));

  /**
   * Draws a step, with the line of one claim before the others.
   * @param {Step} wanted
   * @param {string | null} claim
   */
  function drawStep(wanted, claim) {
    [step, opened] = [wanted, claim];
    over.clearLayers();
    lettering.clear();
    step.strokes.forEach(add);
    for (const measured of step.measured) drawMeasured(measured);
    step.names.forEach(drawName);
  }

  /** @param {Name} name */
  function drawName({ text, style, at, dot: kind, zooms, line }) {
    const radius = kind ? data.dots[kind] : 0;
    const dot = kind ? spot(at, radius, `dot ${kind}`) : null;
    lettering.add({
      text,
      css: `name ${style}`,
      at,
      radius: radius ? radius + 1.5 : 0,
      dot: dot && ((stands) => void (stands ? over.addLayer(dot) : over.removeLayer(dot))),
      zooms,
      line,
      pill: false,
      dim: false,
      subject: style === "subject",
      loose: !kind && (style === "subject" || style === "town"),
      claim: "",
    });
  }

  /** @param {Measured} measured */
  function drawMeasured(measured) {
    // The same line twice would be a pile of labels: the second is drawn in place of the first when it is opened.
    const twin = step.measured.find((m) => m.claim === opened && m.again);
    if (twin && sameLine(measured, twin) ? measured !== twin : measured.again) return;
    const dim = opened !== null && opened !== measured.claim ? " dim" : "";
    const { stroke } = measured;
    for (const css of [stroke.css.replace("measured", "halo"), stroke.css]) over.addLayer(layer(stroke.shape, css + dim, stroke.closed, 1));
    const short = isShort(measured);
    if (short) over.addLayer(spot(measured.at, RING_PX, `ring${dim}`));
    else for (const end of measured.ends) over.addLayer(spot(end, data.dots.end, `dot end${dim}`));
    const { pill: text, at, claim } = measured;
    const number = { text, css: `pill${dim}`, dim: Boolean(dim), at, radius: lengthOf(measured), line: measured.inside ? "" : stroke.shape, claim };
    if (text) lettering.add({ ...number, dot: null, zooms: [0, 30], pill: true, subject: true, loose: false });
  }

  /** @param {Measured} one @param {Measured} other */
  const sameLine = (one, other) => one.stroke.shape === other.stroke.shape;

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
    return L.circleMarker(toLatLon(at, data.origin), { radius, className: css, interactive: false });
  }

  /** @param {Point} at */
  function toPx(at) {
    return map.latLngToContainerPoint(toLatLon(at, data.origin));
  }

  /**
   * Places the words of the step for the view as it stands.
   * @param {Rect[]} controls what nothing may hide under
   */
  function letter(controls) {
    const rings = step.measured.filter(isShort).map((m) => m.at);
    lettering.arrange(step.measured, rings, controls);
  }

  /** Returns where the camera belongs: the opened claim's line, else the step. */
  function target() {
    const open = step.measured.find((m) => m.claim === opened);
    const size = map.getSize();
    return fit(open ? open.box : step.box, { width: size.x, height: size.y }, step.closest);
  }

  return { drawBase, drawStep, letter, target };
}
