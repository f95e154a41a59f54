fetch("steps.json").then(function (response) { return response.json(); }).then(function (steps) {
  document.getElementById("story").innerHTML = steps.map(function (step) {
    return '<div class="step" id="' + step.id + '">' + step.html + "</div>";
  }).join("");
  var map = window.map = new maplibregl.Map({
    container: "map", bounds: steps[0].bounds, fitBoundsOptions: { padding: 40 }, scrollZoom: false,
    style: { version: 8, sources: { base: { type: "raster", tiles: [location.origin + "/tiles/{z}/{x}/{y}.png"], tileSize: 256 } },
      layers: [{ id: "base", type: "raster", source: "base" }] },
  });
  map.addControl(new maplibregl.NavigationControl());
  map.on("load", function () {
    map.addSource("shown", { type: "geojson", data: { type: "FeatureCollection", features: steps[0].features } });
    map.addLayer({ id: "lines", type: "line", source: "shown", paint: { "line-width": 3 } });
    map.addLayer({ id: "dots", type: "circle", source: "shown", filter: ["==", ["geometry-type"], "Point"] });
    scrollama().setup({ step: ".step", offset: 0.5 }).onStepEnter(function (entered) {
      var step = steps[entered.index];
      map.getSource("shown").setData({ type: "FeatureCollection", features: step.features });
      map.fitBounds(step.bounds, { padding: 40 });
    });
  });
});
