/* How large a count is drawn. The area of a mark is its count, always: where the biggest would not fit, all are drawn at
   the same rounded part of their usual area (1/2, 1/5, 1/10 ...), and the legend says which. */
(function (TM) {
  "use strict";

  const STEPS = [1, 2, 5, 10];

  /** The first of 1, 2, 5, 10, 20, 50 ... that is at least `number`. */
  TM.roundUp = function (number) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, number)));
    return STEPS.find((step) => step * power >= number * (1 - 1e-9)) * power;
  };

  /** The last of 1, 2, 5, 10, 20, 50 ... that is at most `number`. */
  TM.roundDown = function (number) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, number)));
    return [...STEPS].reverse().find((step) => step * power <= number * (1 + 1e-9)) * power;
  };

  TM.Scale = class {
    /** `usual`: pixels of radius for the square root of a count; a radius is `least` to `most` pixels. */
    constructor({ usual, least, most }) {
      Object.assign(this, { usual, least, most, part: 1 });
    }

    /** Make the part small enough for a count; it never grows here. Says whether it changed. */
    fit(count) {
      if (this.radius(count) <= this.most * (1 + 1e-9)) return false;
      this.part = TM.roundUp(count * (this.usual / this.most) ** 2);
      return true;
    }

    /** The radius of a count in pixels. */
    radius(count) {
      return Math.max(this.least, this.usual * Math.sqrt(count / this.part));
    }

    /** Up to this count all marks are equally small: a smaller one could not be seen. */
    floor() {
      return Math.max(1, Math.floor(this.part * (this.least / this.usual) ** 2));
    }
  };
})((window.TM = window.TM || {}));
