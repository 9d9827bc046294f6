const TEXT =
  /<text [^>]*text-anchor="(start|middle)" x="([-\d.]+)" y="([-\d.]+)"[^>]*font-size="([\d.]+)"[^>]*>([^<]*)<\/text>/g;
/** Width of a letter of the usual font, on the average, as a part of its size. */
const LETTER = 0.54;
const RADIUS = 7;
const GAP = 6;
/** Half the height of a box: lines of one box are nearer. */
const BOX = 40;
const CLOSE = '</g>\n</svg>';

/**
 * A picture with a numbered circle beside the first text that each mark fits, in their order.
 *
 * @throws Error for a mark that fits no text.
 */
export function annotate(svg, marks) {
  const texts = [...svg.matchAll(TEXT)].map(([, anchor, x, y, size, text]) => {
    const width = text.length * Number(size) * LETTER;
    return { anchor, x: Number(x), y: Number(y), size: Number(size), width, text };
  });
  const circles = marks.map((mark, index) => circle(placeOf(mark, texts), index + 1));
  return svg.replace(CLOSE, `${circles.join('\n')}\n${CLOSE}`);
}

function placeOf(mark, texts) {
  const found = texts.find(({ text }) => mark.test(text));
  if (found === undefined) throw new Error(`no text of the picture fits ${mark}`);
  const { anchor, x, y, size } = found;
  const middle = y - size / 3;
  if (anchor === 'start') return { x: x - RADIUS - GAP, y: middle };
  const isBeside = (one) => one.x === x && Math.abs(one.y - y) < BOX;
  const half = Math.max(...texts.filter(isBeside).map(({ width }) => width / 2));
  return { x: x + half + 2 * GAP + RADIUS, y: middle };
}

function circle({ x, y }, number) {
  const at = `x="${x.toFixed(2)}" y="${(y + 3).toFixed(2)}"`;
  const font = 'font-family="Helvetica,Arial,sans-serif" font-size="9" font-weight="bold"';
  return (
    `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r="${RADIUS}" fill="#0b5cad"/>` +
    `<text ${at} ${font} fill="#ffffff" text-anchor="middle">${number}</text>`
  );
}
