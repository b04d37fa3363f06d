/**
 * Strokes become exact pixels here: the twin of `drawing/raster.py`, bit for bit; a browser test compares them.
 *
 * Pure: it knows no page. `pen.py` joins this file and the others of the pad to the one module that the page is given.
 *
 * @typedef {{ x: number, y: number, w: number, h: number }} Box
 * @typedef {{ pixels: ArrayLike<number>, colors: number | ArrayLike<number> }} Marks  what a step paints, by pixel
 */

const PAPER = 0xffffffff;

/**
 * Return a colour "#rrggbb" as the number that stands for it in canvas memory (little-endian RGBA).
 * @param {string} color
 */
export function packed(color) {
  const rgb = parseInt(color.slice(1), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

/** The pixels of one stroke while it grows. The rule and its order of operations stand in `drawing/raster.py`. */
export class Trace {
  /**
   * @param {number} side  the pad's side in pixels
   * @param {number} width  the pen's width in pixels
   */
  constructor(side, width) {
    this.side = side;
    this.radius = Math.max(width, 1) / 2;
    this.seen = new Uint8Array(side * side);
    /** @type {number[]} numbers of the inked pixels, y * side + x, each once, in the order they were inked */
    this.pixels = [];
    /** @type {number[]} float32 coordinates x, y, x, y, … */
    this.points = [];
  }

  /**
   * Lead the pen to a point. Returns the box that changed; `pixels` has grown by what is new in it, or is another array
   * where the first dot had to be taken back.
   * @param {number} x
   * @param {number} y
   * @returns {Box | null} null where nothing can have changed
   */
  lead(x, y) {
    const points = this.points;
    const [x1, y1] = [Math.fround(x), Math.fround(y)];
    const count = points.length / 2;
    const [x0, y0] = count ? points.slice(-2) : [x1, y1];
    if (count && x0 === x1 && y0 === y1) return null;
    if (count === 1) {
      // A dot is a segment of its own; a line is not, and at its end the two may differ in the last bit.
      for (const pixel of this.pixels) this.seen[pixel] = 0;
      this.pixels = [];
      this.#mark(Math.floor(x0), Math.floor(y0));
    }
    points.push(x1, y1);
    this.#mark(Math.floor(x1), Math.floor(y1));
    return this.#segment(x0, y0, x1, y1);
  }

  /** @param {number} i @param {number} j */
  #mark(i, j) {
    if (i < 0 || j < 0 || i >= this.side || j >= this.side) return;
    const pixel = j * this.side + i;
    if (this.seen[pixel]) return;
    this.seen[pixel] = 1;
    this.pixels.push(pixel);
  }

  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @returns {Box | null} */
  #segment(x0, y0, x1, y1) {
    const { side, radius } = this;
    const left = Math.max(Math.floor(Math.min(x0, x1) - radius - 1), 0);
    const right = Math.min(Math.ceil(Math.max(x0, x1) + radius + 1), side);
    const top = Math.max(Math.floor(Math.min(y0, y1) - radius - 1), 0);
    const bottom = Math.min(Math.ceil(Math.max(y0, y1) + radius + 1), side);
    if (left >= right || top >= bottom) return null;
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length2 = dx * dx + dy * dy;
    for (let j = top; j < bottom; j++) {
      const py = j + 0.5 - y0;
      for (let i = left; i < right; i++) {
        const px = i + 0.5 - x0;
        const along = length2 === 0 ? 0 : (px * dx + py * dy) / length2;
        const t = Math.min(Math.max(along, 0), 1);
        const u = px - t * dx;
        const v = py - t * dy;
        if (u * u + v * v <= radius * radius) this.#mark(i, j);
      }
    }
    return { x: left, y: top, w: right - left, h: bottom - top };
  }
}

/**
 * Return the pixels that a whole stroke inks.
 * @param {ArrayLike<number>} points  x, y, x, y, …
 * @param {number} width
 * @param {number} side
 */
export function trace(points, width, side) {
  const traced = new Trace(side, width);
  for (let i = 0; i < points.length; i += 2) traced.lead(points[i], points[i + 1]);
  return traced;
}

/**
 * Paint marks on pixels in place.
 * @param {Uint32Array} pixels
 * @param {Marks} marks
 */
export function paint(pixels, { pixels: at, colors }) {
  if (typeof colors === "number") for (let i = 0; i < at.length; i++) pixels[at[i]] = colors;
  else for (let i = 0; i < at.length; i++) pixels[at[i]] = colors[i];
}
