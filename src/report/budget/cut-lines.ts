import { countTokens } from './count-tokens.js';

const FENCE = /^`{3,}/;

/** The last resort: as many whole lines from the beginning as fit, and a last one that says so. */
export function cutLines(text: string, tokens: number): string {
  const lines = text.replace(/\n$/, '').split('\n');
  for (let keep = lines.length; keep > 0; keep--) {
    const shown = toText(lines.slice(0, keep), lines.length - keep);
    if (countTokens(shown) <= tokens) return shown;
  }
  return toText([], lines.length);
}

function toText(kept: readonly string[], left: number): string {
  if (left === 0) return `${kept.join('\n')}\n`;
  const fence = openFence(kept);
  const end = `Cut by the budget: ${left} more ${left === 1 ? 'line' : 'lines'}; raise it to see more.`;
  return `${[...kept, ...(fence === null ? [] : [fence]), end].join('\n')}\n`;
}

/** The fence that closes an open block of Markdown; null where none is open. */
function openFence(lines: readonly string[]): string | null {
  let open: string | null = null;
  for (const line of lines) {
    const [fence] = FENCE.exec(line) ?? [];
    if (fence !== undefined) open = open === null ? fence : null;
  }
  return open;
}
