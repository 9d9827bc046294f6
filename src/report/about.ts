import type { Subgraph } from '../collect/picture/subgraph.js';
import { countOf } from '../util/format-count.js';
import type { Spelling } from '../util/sentence.js';
import { describeLimits, describeMasked, describeSize } from './summary.js';
import { readTextTemplate } from './templates.js';

const KINDS: Readonly<Record<Subgraph['source']['kind'], string>> = {
  snapshot: 'a saved snapshot',
  script: 'a script run for this',
  process: 'a running process',
  inspector: 'a program at an inspector',
};

/** The origin of a report. */
export interface Origin {
  /** The command that asks this question, without anything specific to this machine. */
  readonly command?: string;
  /** How options are named. Default: as they are typed. */
  readonly spelling?: Spelling | undefined;
}

/**
 * The facts that a reader needs to trust a report and to reproduce it: name and value of each, as
 * raw text.
 */
export function aboutReport(
  subgraph: Subgraph,
  { command, spelling }: Origin,
): readonly (readonly [name: string, value: string])[] {
  const { kind, producer, nodeCount, edgeCount } = subgraph.source;
  const size = `${countOf(nodeCount, 'node')}, ${countOf(edgeCount, 'reference')}`;
  return [
    ['Shown', `${describeSize(subgraph)}. ${describeLimits(subgraph, spelling)}`],
    ['Masked', describeMasked(subgraph) ?? 'Nothing.'],
    ['Heap', `${producer}, ${KINDS[kind]}: ${size}`],
    ...(command === undefined ? [] : [['Asked by', command] as const]),
    ['Made by', `showbackref ${toolVersion()}`],
  ];
}

/** The version from our package.json, which is beside the templates. */
export function toolVersion(): string {
  return (JSON.parse(readTextTemplate('../package.json')) as { version: string }).version;
}
