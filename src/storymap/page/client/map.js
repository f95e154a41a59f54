/**
 * The one module that touches Leaflet: draws a step's layers on the map that folium made, and frames it.
 * @import { BoxArray, Measured, Name, Point, Rect, Step, StoryData, Stroke } from "./types.js"
 */
import { fit, tierFor } from "./fit.js";
import { RING_PX, createLettering } from "./lettering.js";
import { createLocator } from "./locator.js";
import { pathOf, readPath, toGrid, toLatLon } from "./shapes.js";

const RING_BELOW_PX = 24;

/**
 * Returns the map's verbs: show a step, frame a claim, refit.
 * @param {L.Map} map
 * @param {StoryData} data
 * @param {{ reset: HTMLElement | null }} controls
 */
export function createChart(map, data, { reset }) {
  const box = map.getContainer();
  const names = map.createPane("names");
  // What the map shows stands in the step's caption; names in the order of their places would only confuse.
  for (const pane of [names, map.getPane("overlayPane")]) pane?.setAttribute("aria-hidden", "true");
  names.lang = document.documentElement.lang; // the story's words, on a map that speaks our language
  const base = L.layerGroup().addTo(map);
  const over = L.layerGroup().addTo(map);
  /** @type {Map<string, L.Path>} */
  const drawn = new Map();
  /** @type {Step} */
  let step = data.steps[0];
  /** @type {string | null} */
  let opened = null;
  let tier = "";
  const locator = createLocator();
  const lettering = createLettering(names, {
    zoom: () => map.getZoom(),
    size: () => look().size,
    toPx,
    linesOf: (shape) => readPath(pathOf(shape), 1, data.origin).map((line) => line.map((at) => map.latLngToContainerPoint(at))),
    put: (element, corner) => L.DomUtil.setPosition(element, map.containerPointToLayerPoint(L.point(corner))),
  });
  let moved = false;
  let due = false; // whether the camera may still land elsewhere than the step wants
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  L.control.zoom({ position: "topright", zoomInTitle: data.words.zoomIn, zoomOutTitle: data.words.zoomOut }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 110 }).addTo(map);
  if (matchMedia("(pointer: coarse)").matches) map.dragging.disable();
  // Not setMaxBounds: that pans on every move, and would start a flight before the first step is framed.
  map.options.maxBounds = bounds(data.window);

  /** @param {BoxArray} b */
  function bounds(b) {
    return L.latLngBounds(toLatLon([b[0], b[3]], data.origin), toLatLon([b[2], b[1]], data.origin));
  }

  /** @returns {{ size: { width: number, height: number }, view: BoxArray }} */
  function look() {
    const size = map.getSize();
    const b = map.getBounds();
    const [left, top] = toGrid(b.getNorth(), b.getWest(), data.origin);
    const [right, bottom] = toGrid(b.getSouth(), b.getEast(), data.origin);
    return { size: { width: size.x, height: size.y }, view: [left, top, right, bottom] };
  }

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

  function drawBase() {
    const { view } = look();
    const best = tierFor(data.tiers, view, map.getZoom());
    if (best.id === tier) return;
    tier = best.id;
    base.clearLayers();
    base.addLayer(layer(`${best.id}_land`, "land", true, best.scale));
    base.addLayer(layer(`${best.id}_lakes`, "lakes", true, best.scale));
    base.addLayer(layer(`${best.id}_borders`, "borders", false, best.scale));
    base.eachLayer((path) => /** @type {L.Path} */ (path).bringToBack());
    for (const part of ["borders", "lakes", "land"]) drawn.get(`${best.id}_${part} ${part}`)?.bringToBack();
  }

  /** @param {Stroke} stroke */
  const add = (stroke) => over.addLayer(layer(stroke.shape, stroke.css, stroke.closed, 1));

  function drawStep() {
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

  function drawNames() {
    const rings = step.measured.filter(isShort).map((m) => m.at);
    lettering.arrange(step.measured, rings, controlRects(look().size));
  }

  /**
   * Returns where the map's controls stand.
   * @param {{ width: number, height: number }} size
   * @returns {Rect[]}
   */
  function controlRects({ width, height }) {
    return [
      { left: width - 54, top: 0, right: width, bottom: 92 },
      { left: 0, top: height - 34, right: 130, bottom: height },
      { left: width - 280, top: height - 26, right: width, bottom: height },
      ...boxOf(locator.element),
    ];
  }

  /**
   * Returns where an element lies on the map, if it is seen.
   * @param {Element | null} element
   * @returns {Rect[]}
   */
  function boxOf(element) {
    const rect = element?.getBoundingClientRect();
    const map = box.getBoundingClientRect();
    if (!rect || !rect.width) return [];
    return [{ left: rect.left - map.left, top: rect.top - map.top, right: rect.right - map.left, bottom: rect.bottom - map.top }];
  }

  /** Returns where the camera belongs: the opened claim's line, else the step. */
  function target() {
    const open = step.measured.find((m) => m.claim === opened);
    const size = map.getSize();
    return fit(open ? open.box : step.box, { width: size.x, height: size.y }, step.closest);
  }

  /** @param {boolean} animate */
  function aim(animate) {
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const { zoom, center } = target();
    const near = Math.abs(zoom - map.getZoom()) <= 1.6;
    moved = false;
    if (reset) reset.hidden = true;
    // Leaflet's own setMinZoom would start a zoom of its own; these limits are for the reader's hand only.
    map.options.minZoom = Math.min(zoom, map.getBoundsZoom(bounds(data.window), true));
    map.options.maxZoom = Math.max(step.closest, zoom);
    map.setView(toLatLon(center, data.origin), zoom, { animate: animate && near && !still.matches, duration: 0.25 });
    map.fire("zoomlevelschange");
  }

  function settle() {
    box.classList.toggle("near", map.getZoom() > 9.6);
    drawBase();
    locator.move(look().view, map.getZoom());
    drawNames();
  }

  // Leaflet ignores a new view while it flies to another, so the reader who steps on lands in the wrong place.
  map.on("moveend", () => {
    const { zoom, center } = target();
    const off = map.project(map.getCenter(), zoom).distanceTo(map.project(toLatLon(center, data.origin), zoom));
    if (due && !moved && (Math.abs(map.getZoom() - zoom) > 1e-6 || off > 2)) {
      due = false;
      aim(false);
    } else settle();
    // A pinch is the one move that Leaflet lets out of the bounds.
    if (moved && map.options.maxBounds) map.panInsideBounds(map.options.maxBounds, { animate: false });
  });
  map.on("zoomstart", () => box.classList.add("zooming"));
  map.on("zoomend", () => box.classList.remove("zooming"));
  for (const hand of ["dragstart", "dblclick", "boxzoomstart"]) map.on(hand, touched);
  box.addEventListener("touchstart", ({ touches }) => void (touches.length > 1 && touched()), { passive: true });
  map.on("keydown", ({ originalEvent: { key } }) => /^(Arrow.*|[-+=])$/.test(key) && touched());
  // The wheel scrolls the page; with Ctrl (or a pinch on a trackpad, which says Ctrl) it zooms the map.
  box.addEventListener("wheel", ({ ctrlKey, metaKey }) => {
    if (!ctrlKey && !metaKey) return void map.scrollWheelZoom.disable();
    map.scrollWheelZoom.enable();
    touched();
  }, { capture: true, passive: true });
  const buttons = /** @type {HTMLElement | null} */ (box.querySelector(".leaflet-control-zoom"));
  // Before Leaflet, which disables the button that has just come to its end.
  buttons?.addEventListener("click", ({ target }) => /** @type {Element} */ (target).closest(".leaflet-disabled") ?? touched(), true);
  function touched() {
    moved = true;
    if (reset) reset.hidden = false;
  }

  let waiting = 0;
  new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const before = map.getSize();
      map.invalidateSize({ pan: false });
      if (!moved && !map.getSize().equals(before)) refit(false);
    }, 60);
  }).observe(box);

  /** @param {boolean} animate */
  function refit(animate) {
    due = true;
    drawStep();
    aim(animate);
    settle();
  }

  return {
    /**
     * Shows a step; the camera moves unless motion is unwanted or the way is long.
     * @param {number} index
     * @param {boolean} animate
     */
    show(index, animate) {
      step = data.steps[index];
      opened = null;
      refit(animate);
    },
    /**
     * Frames one claim's measured line, or the step again with null.
     * @param {string | null} claim
     */
    open(claim) {
      if (opened === claim) return;
      opened = claim;
      refit(true);
    },
    /** Goes back to the step's own view. */
    home() {
      refit(true);
    },
  };
}
