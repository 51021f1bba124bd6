/* What other folium elements on the page need and would otherwise load from the net. */
(function (TM) {
  "use strict";

  const PIN = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 25 41'><path d='M12.5 0A12.5 12.5 0 0 0 0 12.5C0 22 12.5 " +
    "41 12.5 41S25 22 25 12.5A12.5 12.5 0 0 0 12.5 0z' fill='#2f6f9f' stroke='#fff'/><circle cx='12.5' cy='12.5' r='5' " +
    "fill='#fff'/></svg>";
  const NOTHING = "<svg xmlns='http://www.w3.org/2000/svg'/>";
  const image = (svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

  // A popup's content passes through jQuery, for one thing: markup to element. Where there is a jQuery, it stays.
  window.$ = window.$ || ((given) => {
    if (given === document) return { ready: (run) => setTimeout(run) };
    const box = document.createElement("div");
    box.innerHTML = given;
    return [box.firstElementChild];
  });

  /** Draw Leaflet's own pins: its images lie beside a stylesheet that is no file here. */
  TM.drawPins = function () {
    L.Icon.Default.imagePath = "";
    const pin = image(PIN);
    L.Icon.Default.mergeOptions({ iconUrl: pin, iconRetinaUrl: pin, shadowUrl: image(NOTHING) });
  };
})((window.TM = window.TM || {}));
