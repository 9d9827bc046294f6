/** A text made of the most important things, as many of them as were asked for. */
export type WriteMost = (count: number) => string | Promise<string>;

/**
 * The text with most things in it that is small enough; null where even none of them is too much. More
 * things are taken to make a longer text.
 *
 * @param all how many things there are.
 */
export async function mostThatFits(
  all: number,
  write: WriteMost,
  isSmallEnough: (text: string) => boolean,
): Promise<string | null> {
  let best: string | null = null;
  let [low, high] = [0, all];
  // most answers are small enough as they are
  for (let count = all; low <= high; count = Math.floor((low + high) / 2)) {
    const text = await write(count);
    if (isSmallEnough(text)) {
      best = text;
      low = count + 1;
    } else {
      high = count - 1;
    }
  }
  return best;
}
