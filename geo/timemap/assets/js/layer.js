/* A canvas over the map that is larger than the view and moves with it; subclasses say what to draw.
   Leaflet's renderer class gives the panning, the padding and the scaling while zooming. */
(function (TM) {
  "use strict";

  TM.CanvasLayer = L.Renderer.extend({
    initialize(options) {
      L.Renderer.prototype.initialize.call(this, options);
      this._layers = {};
    },
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.style.pointerEvents = "none";
      this._context = this._container.getContext("2d");
    },
    _destroyContainer() {
      L.DomUtil.remove(this._container);
      delete this._context;
    },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(), canvas = this._container;
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      L.DomUtil.setPosition(canvas, this._bounds.min);
      if (canvas.width !== ratio * size.x || canvas.height !== ratio * size.y) {
        canvas.width = ratio * size.x;
        canvas.height = ratio * size.y;
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      this.ratio = ratio;
      this.redraw();
    },
    /** Draw now; positions are Leaflet's layer points. */
    redraw() {
      if (!this._bounds || !this._map || !this._context) return;
      const context = this._context, { min } = this._bounds, size = this._bounds.getSize();
      context.setTransform(this.ratio, 0, 0, this.ratio, -min.x * this.ratio, -min.y * this.ratio);
      context.clearRect(min.x, min.y, size.x, size.y);
      this.draw(context, this._bounds);
    },
    /** A function from world units (0..1, Mercator) to layer points: `[scale, dx, dy]`. */
    projection() {
      const scale = 256 * 2 ** this._map.getZoom(), origin = this._map.getPixelOrigin();
      return [scale, -origin.x, -origin.y];
    },
    /** The middle of the view, in world units. */
    middle() {
      return this._map.getCenter().lng / 360 + 0.5;
    },
    /** Draw within one turn of the world, the one around the middle of the view, where the canvas is wider than it. */
    keepToOneWorld(context, { min, max }) {
      const [scale, dx] = this.projection();
      if (max.x - min.x <= scale) return;
      const path = new Path2D();
      path.rect((this.middle() - 0.5) * scale + dx, min.y, scale, max.y - min.y);
      context.clip(path);
    },
  });

  /** The turn of `x` (world units) that lies nearest to `middle`: everything is drawn once, on the side of the 180th
      meridian that is looked at. */
  TM.near = (x, middle) => x - Math.round(x - middle);

  /** A point as Leaflet takes it, in the turn of the world nearest to the middle of the view. */
  TM.nearby = (map, lat, lng) => L.latLng(lat, TM.near(lng / 360, map.getCenter().lng / 360) * 360);

  /** The latitude at a height of the world. */
  TM.latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

  /** Longitude, latitude (degrees) to world units: x and y in 0..1, y down. */
  TM.mercator = (lon, lat) => [TM.mercatorX(lon), TM.mercatorY(lat)];
  TM.mercatorX = (lon) => lon / 360 + 0.5;
  TM.mercatorY = function (lat) {
    const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  };
})((window.TM = window.TM || {}));
