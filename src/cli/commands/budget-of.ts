import { isFitted } from '../../answer/write-graph.js';
import { usage } from '../../errors.js';
import type { Output } from '../../question/outputs.js';
import { Redactor } from '../../redact/redactor.js';
import type { Budget } from '../../report/budget/fit-graph.js';
import { parseInspectorAddress } from '../../source/inspector/inspector-address.js';
import { option, say } from '../../util/sentence.js';
import type { Asked } from '../cli-command.js';

const SCRIPT = /\.[cm]?[jt]s$/i;

/**
 * Reads the budget that `--budget` gives; null without it.
 *
 * @throws ShowBackrefError USAGE where nothing that is written could be cut.
 */
export function budgetOf({ options, sources }: Asked, outputs: readonly Output[]): Budget | null {
  const { budget: tokens, redact } = options;
  if (tokens === null) return null;
  if (outputs.length > 0 && !outputs.some(({ format }) => isFitted({ name: format }))) {
    const [first] = outputs;
    throw usage(
      say`${option('budget')} is for txt, md and json, and ${first?.format ?? 'this'} is not one of them; leave it out`,
    );
  }
  const typed = sources.at(-1) ?? '';
  return {
    tokens,
    asker: {
      door: 'shell',
      source: new Redactor(redact).places(typed),
      isLive: isLive(typed),
      tokens,
    },
  };
}

function isLive(typed: string): boolean {
  return typed.startsWith('pid:') || SCRIPT.test(typed) || parseInspectorAddress(typed) !== null;
}
