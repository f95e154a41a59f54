/**
 * The camera: frames a step on the map that folium made, follows the reader's hand, and has the layers drawn.
 * Only this module and layers.js touch Leaflet.
 * @import { BoxArray, Rect, StoryData } from "./types.js"
 */
import { tierFor } from "./fit.js";
import { createLayers } from "./layers.js";
import { createLocator } from "./locator.js";
import { toGrid, toLatLon } from "./shapes.js";

/**
 * Returns the map's verbs: show a step, frame a claim, refit.
 * @param {L.Map} map
 * @param {StoryData} data
 * @param {{ reset: HTMLElement | null }} controls
 */
export function createChart(map, data, { reset }) {
  const box = map.getContainer();
  const layers = createLayers(map, data);
  let step = data.steps[0];
  /** @type {string | null} */
  let opened = null;
  const locator = createLocator();
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

  /** @param {boolean} animate */
  function aim(animate) {
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const { zoom, center } = layers.target();
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
    const { size, view } = look();
    layers.drawBase(tierFor(data.tiers, view, map.getZoom()));
    locator.move(view, map.getZoom());
    layers.letter(controlRects(size));
  }

  // Leaflet ignores a new view while it flies to another, so the reader who steps on lands in the wrong place.
  map.on("moveend", () => {
    const { zoom, center } = layers.target();
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
    layers.drawStep(step, opened);
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
