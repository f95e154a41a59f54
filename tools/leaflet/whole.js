// All of Leaflet as the global `L`, for pages with layers that an author has made with folium; its pictures come along.
import * as L from "leaflet/dist/leaflet-src.esm.js";
import icon from "leaflet/dist/images/marker-icon.png";
import iconTwice from "leaflet/dist/images/marker-icon-2x.png";
import shadow from "leaflet/dist/images/marker-shadow.png";

delete L.Icon.Default.prototype._getIconUrl; // it would look for the pictures beside a style sheet
L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: iconTwice, shadowUrl: shadow });

window.L = { ...L };
