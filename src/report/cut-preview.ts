import { type MeasureText, truncate } from '../util/truncate.js';

const REST = ', …}';
const countOne: MeasureText = () => 1;

/**
 * Cuts a preview to at most `limit` graphemes (or units of `measure`): a list of properties between
 * two of them, as `{id, path, …}`, other texts anywhere.
 */
export function cutPreview(text: string, limit: number, measure: MeasureText = countOne): string {
  const cut = truncate(text, limit, measure);
  if (cut === text || !/^\{.*\}$/s.test(text)) return cut;
  const head = truncate(text, limit - REST.length + 1, measure);
  const end = head.lastIndexOf(', ');
  return end < 0 ? cut : `${head.slice(0, end)}${REST}`;
}
