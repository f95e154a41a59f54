/**
 * The one module that touches Leaflet: draws a step's layers on the map that folium made, and frames it.
 * @import { BoxArray, Measured, Point, Rect, Step, StoryData, Stroke } from "./types.js"
 */
import { along, apart, around, place } from "./labels.js";
import { fit, tierFor } from "./fit.js";
import { pathOf, readPath, toGrid, toLatLon } from "./shapes.js";

const RING_BELOW_PX = 24;
const RING_PX = 15;

/**
 * Returns the map's verbs: show a step, frame a claim, refit.
 * @param {L.Map} map
 * @param {StoryData} data
 * @param {{ reset: HTMLElement | null }} controls
 */
export function createChart(map, data, { reset }) {
  const box = map.getContainer();
  const names = map.createPane("names");
  const base = L.layerGroup().addTo(map);
  const over = L.layerGroup().addTo(map);
  /** @type {Map<string, L.Path>} */
  const drawn = new Map();
  /** @type {{ element: HTMLElement, width: number, height: number, at: Point, radius: number, dot: L.Path | null, zooms: [number, number], pill: boolean, subject: boolean, name: string }[]} */
  let lettering = [];
  /** @type {Step} */
  let step = data.steps[0];
  /** @type {string | null} */
  let opened = null;
  let tier = "";
  const locator = /** @type {SVGSVGElement | null} */ (document.querySelector("#sm_locator"));
  const here = document.getElementById("sm_here");
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
    names.replaceChildren();
    lettering = [];
    step.strokes.forEach(add);
    for (const measured of step.measured) drawMeasured(measured);
    for (const name of step.names) {
      const radius = name.dot ? data.dots[name.dot] : 0;
      const dot = name.dot ? spot(name.at, radius, `dot ${name.dot}`) : null;
      letter(name.text, `name ${name.style}`, name.at, radius ? radius + 1.5 : 0, dot, name.zooms, false, name.style === "subject");
    }
  }

  /** @param {Measured} measured */
  function drawMeasured(measured) {
    // The same line twice would be a pile of labels: the second is drawn in place of the first when it is opened.
    const twin = step.measured.find((m) => m.claim === opened && m.again);
    if (twin ? measured !== twin && sameLine(measured, twin) : measured.again) return;
    const dim = opened !== null && opened !== measured.claim ? " dim" : "";
    const { stroke } = measured;
    over.addLayer(layer(stroke.shape, `halo${dim}`, false, 1));
    over.addLayer(layer(stroke.shape, `measured${dim}`, false, 1));
    const short = isShort(measured);
    if (short) over.addLayer(spot(measured.at, RING_PX, `ring${dim}`));
    else for (const end of measured.ends) over.addLayer(spot(end, data.dots.end, `dot end${dim}`));
    if (measured.pill) letter(measured.pill, `pill${dim}`, measured.at, lengthOf(measured), null, [0, 30], true, true);
  }

  /** @param {Measured} one @param {Measured} other */
  const sameLine = (one, other) => pathOf(one.stroke.shape) === pathOf(other.stroke.shape);

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

  /**
   * @param {string} text
   * @param {string} css
   * @param {Point} at
   * @param {number} radius
   * @param {L.Path | null} dot
   * @param {[number, number]} zooms
   * @param {boolean} pill
   * @param {boolean} subject
   */
  function letter(text, css, at, radius, dot, zooms, pill, subject) {
    const element = document.createElement("span");
    element.className = css;
    element.textContent = text;
    names.append(element);
    lettering.push({ element, width: element.offsetWidth, height: element.offsetHeight, at, radius, dot, zooms, pill, subject, name: text });
  }

  /** Places the labels for the view as it stands; labels hang in a pane, so a drag moves them along. */
  function drawNames() {
    const { size } = look();
    const zoom = map.getZoom();
    const here = lettering.map((l) => ({ l, p: map.latLngToContainerPoint(toLatLon(l.at, data.origin)) }));
    const inView = here.filter(
      ({ l, p }) => (l.pill || (zoom >= l.zooms[0] && zoom <= l.zooms[1])) && p.x >= 0 && p.y >= 0 && p.x <= size.width && p.y <= size.height,
    );
    const stands = apart(inView.map(({ l, p }) => ({ x: p.x, y: p.y, radius: l.pill ? 0 : l.radius, text: l.name })));
    const shown = inView.filter((_, i) => stands[i]);
    const corners = place(
      shown.map(({ l, p }) => ({ x: p.x, y: p.y, radius: l.pill ? clearOf(l, zoom) : outOfRings(p, l.radius), width: l.width, height: l.height, pill: l.pill, must: l.pill })),
      measuredRects(),
      controlRects(size),
      size,
    );
    const placed = new Map(shown.map(({ l }, i) => [l, corners[i]]));
    for (const { l } of here) {
      const corner = placed.get(l) ?? null;
      l.element.hidden = !corner;
      if (corner) L.DomUtil.setPosition(l.element, map.containerPointToLayerPoint(L.point(corner)));
      if (l.dot && (corner || (l.subject && placed.has(l)))) over.addLayer(l.dot);
      else if (l.dot) over.removeLayer(l.dot);
    }
  }

  /**
   * Returns how far a name keeps from its dot: a dot in the ring of a short line has it outside of the ring.
   * @param {L.Point} at
   * @param {number} radius
   */
  function outOfRings(at, radius) {
    const rings = step.measured.filter(isShort).map((m) => at.distanceTo(map.latLngToContainerPoint(toLatLon(m.at, data.origin))));
    return radius ? Math.max(radius, ...rings.filter((far) => far < RING_PX).map((far) => RING_PX + far)) : 0;
  }

  /**
   * Returns how far a number keeps from the middle of its line: it stands on a long one and beside a short one.
   * @param {{ width: number, radius: number }} pill `radius`: the line's length in grid units
   * @param {number} zoom
   */
  function clearOf({ width, radius }, zoom) {
    const px = radius / 2 ** (15 - zoom);
    return px > width + 40 ? 0 : Math.max(16, px / 2);
  }

  /** @returns {Rect[]} where measured lines and their ends are */
  function measuredRects() {
    const ends = step.measured.flatMap((m) => m.ends);
    const dots = ends.map((at) => map.latLngToContainerPoint(toLatLon(at, data.origin)));
    const lines = step.measured.flatMap((m) => readPath(pathOf(m.stroke.shape), 1, data.origin));
    return [
      ...dots.map((p) => around(p.x, p.y, 6)),
      ...lines.flatMap((line) => along(line.map((at) => map.latLngToContainerPoint(at)))),
    ];
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
      ...boxOf(locator),
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
    locate();
    drawNames();
  }

  /** Moves the box on the small map; far out, the large one needs no small one. */
  function locate() {
    if (!locator || !here) return;
    const { view } = look();
    locator.toggleAttribute("hidden", map.getZoom() < Number(locator.dataset.from));
    const px = locator.clientWidth ? Number(locator.querySelector("svg")?.viewBox.baseVal.width) / locator.clientWidth : 1;
    const [width, height] = [Math.max(view[2] - view[0], 9 * px), Math.max(view[3] - view[1], 9 * px)];
    const at = { x: (view[0] + view[2] - width) / 2, y: (view[1] + view[3] - height) / 2, width, height };
    for (const [key, value] of Object.entries(at)) here.setAttribute(key, String(Math.round(value)));
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
