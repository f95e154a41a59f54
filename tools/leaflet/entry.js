// The parts of Leaflet that a page uses, as the global `L`: a map that is dragged, zoomed and keyed, SVG paths,
// groups, the zoom buttons and the scale. No tiles, markers, popups, tooltips, GeoJSON, images or canvas.
import { Control } from "leaflet/src/control/Control.js";
import { Scale, scale } from "leaflet/src/control/Control.Scale.js";
import { Zoom, zoom } from "leaflet/src/control/Control.Zoom.js";
import { create, setPosition, setTransform } from "leaflet/src/dom/DomUtil.js";
import { EPSG3857 } from "leaflet/src/geo/crs/CRS.EPSG3857.js";
import { LatLng, toLatLng } from "leaflet/src/geo/LatLng.js";
import { LatLngBounds, toLatLngBounds } from "leaflet/src/geo/LatLngBounds.js";
import { Point, toPoint } from "leaflet/src/geometry/Point.js";
import { LayerGroup, layerGroup } from "leaflet/src/layer/LayerGroup.js";
import { CircleMarker, circleMarker } from "leaflet/src/layer/vector/CircleMarker.js";
import { Path } from "leaflet/src/layer/vector/Path.js";
import { Polygon, polygon } from "leaflet/src/layer/vector/Polygon.js";
import { Polyline, polyline } from "leaflet/src/layer/vector/Polyline.js";
import { SVG, svg } from "leaflet/src/layer/vector/SVG.js";
import { Map, createMap } from "leaflet/src/map/Map.js";
import { DoubleClickZoom } from "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import { Drag } from "leaflet/src/map/handler/Map.Drag.js";
import { Keyboard } from "leaflet/src/map/handler/Map.Keyboard.js";
import { ScrollWheelZoom } from "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import { TouchZoom } from "leaflet/src/map/handler/Map.TouchZoom.js";

Object.assign(Map, { DoubleClickZoom, Drag, Keyboard, ScrollWheelZoom, TouchZoom });
Object.assign(Control, { Scale, Zoom });

// Leaflet's own getRenderer chooses between SVG and canvas, and so would bring both.
Map.include({
  getRenderer(layer) {
    const renderer = layer.options.renderer || this.options.renderer || (this._renderer ??= svg());
    if (!this.hasLayer(renderer)) this.addLayer(renderer);
    return renderer;
  },
});

window.L = {
  version: "1.9.4",
  CRS: { EPSG3857 },
  Control,
  DomUtil: { create, setPosition, setTransform },
  LatLng,
  LatLngBounds,
  LayerGroup,
  Map,
  Path,
  CircleMarker,
  Point,
  Polygon,
  Polyline,
  SVG,
  circleMarker,
  control: { scale, zoom },
  latLng: toLatLng,
  latLngBounds: toLatLngBounds,
  layerGroup,
  map: createMap,
  point: toPoint,
  polygon,
  polyline,
  svg,
};
