// Plain ES5, as the examples of both libraries have it.
var map = L.map("map", { scrollWheelZoom: false });
L.tileLayer("/tiles/{z}/{x}/{y}.png", { maxZoom: 19, attribution: "&copy; OpenStreetMap contributors" }).addTo(map);
var shown = L.layerGroup().addTo(map);
fetch("steps.json").then(function (response) { return response.json(); }).then(function (steps) {
  function show(index, animate) {
    var step = steps[index];
    shown.clearLayers();
    L.geoJSON(step.features, {
      style: function (feature) {
        return { color: /measured/.test(feature.properties.style) ? "#b23a0a" : "#222", weight: 3 };
      },
      pointToLayer: function (feature, at) {
        var tip = { permanent: true, direction: "right" };
        return L.circleMarker(at, { radius: 6, color: "#222" }).bindTooltip(feature.properties.name, tip);
      },
    }).addTo(shown);
    var b = step.bounds;
    var corners = [[b[1], b[0]], [b[3], b[2]]];
    if (animate) map.flyToBounds(corners, { padding: [40, 40] });
    else map.fitBounds(corners, { padding: [40, 40] });
  }
  show(0, false);
  scrollama().setup({ step: ".step", offset: 0.5 }).onStepEnter(function (entered) {
    document.querySelectorAll(".step").forEach(function (step, i) {
      step.classList.toggle("active", i === entered.index);
    });
    show(entered.index, true);
  });
});
