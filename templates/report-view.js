/*
 * The part of a picture that is shown. All lengths are points of the picture, but for pixels where it says so.
 */
const MOST_SCALE = 8;
/** A small picture is not blown up beyond this, a large one opens in its own size around its target. */
const LARGEST_FIT = 1.6;
const SMALLEST_FIT = 0.45;

// biome-ignore lint/correctness/noUnusedVariables: report.js uses it, in the same script
class View {
  #svg;
  #whole;
  #box;

  constructor(svg) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.#svg = svg;
    this.#whole = { x, y, width, height };
    this.#box = this.#whole;
    // it fills its place instead
    svg.removeAttribute('width');
    svg.removeAttribute('height');
  }

  /** Shows all of the picture. */
  showAll() {
    const { x, y, width, height } = this.#whole;
    const grow = Math.max(1, this.#scaleOf(this.#whole) / LARGEST_FIT);
    const middle = { x: x + width / 2, y: y + height / 2 };
    this.#showAround(middle, { width: width * grow, height: height * grow });
  }

  /** Shows all of the picture, or one element where all of it would be too small to read. */
  showStart(element) {
    this.showAll();
    const scale = this.#scaleOf(this.#box);
    if (scale >= SMALLEST_FIT) return;
    this.zoom(1 / scale);
    this.#showAround(this.pointAt(middleOf(element)), this.#box);
  }

  /** Moves the picture until an element is in sight, unless it is already. */
  reveal(element) {
    const box = element.getBoundingClientRect();
    const frame = this.#svg.getBoundingClientRect();
    const isAcross = box.left >= frame.left && box.right <= frame.right;
    const isDown = box.top >= frame.top && box.bottom <= frame.bottom;
    if (!isAcross || !isDown) this.#showAround(this.pointAt(middleOf(element)), this.#box);
  }

  /** Zooms in or out; the point stays where it is on the screen. */
  zoom(factor, point = this.#middle()) {
    const { x, y, width, height } = this.#box;
    const scale = this.#scaleOf(this.#box);
    const least = Math.min(1, this.#scaleOf(this.#whole)) / 4;
    const by = Math.min(Math.max(scale * factor, least), MOST_SCALE) / scale;
    this.#show({
      x: point.x - (point.x - x) / by,
      y: point.y - (point.y - y) / by,
      width: width / by,
      height: height / by,
    });
  }

  /** Moves the picture by pixels. */
  pan(right, down) {
    const scale = this.#scaleOf(this.#box);
    this.#show({ ...this.#box, x: this.#box.x - right / scale, y: this.#box.y - down / scale });
  }

  /** The point of the picture at a place on the screen. */
  pointAt({ clientX, clientY }) {
    return new DOMPoint(clientX, clientY).matrixTransform(this.#svg.getScreenCTM().inverse());
  }

  #show(box) {
    this.#box = box;
    this.#svg.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height}`);
  }

  #showAround({ x, y }, { width, height }) {
    this.#show({ x: x - width / 2, y: y - height / 2, width, height });
  }

  #middle() {
    const { x, y, width, height } = this.#box;
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** Pixels per point when a part of the picture is shown. */
  #scaleOf(box) {
    const { width, height } = this.#svg.getBoundingClientRect();
    return Math.min(width / box.width, height / box.height);
  }
}

/** The middle of an element on the screen. */
function middleOf(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { clientX: left + width / 2, clientY: top + height / 2 };
}
