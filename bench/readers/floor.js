var map = L.map("map"), shown = L.layerGroup().addTo(map), at = 0;
function show() {
  var step = steps[at], b = step.bounds;
  document.getElementById("story").innerHTML =
    step.html + "<button onclick='at -= at > 0; show()'>Back</button>" +
    "<button id=next onclick='at += at < steps.length - 1; show()'>Next</button>";
  shown.clearLayers();
  L.geoJSON(step.features, {
    pointToLayer: function (feature, place) { return L.circleMarker(place, { radius: 6 }); },
  }).addTo(shown);
  map.fitBounds([[b[1], b[0]], [b[3], b[2]]]);
}
show();
