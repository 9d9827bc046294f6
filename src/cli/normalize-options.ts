import type { GraphOptions } from '../answer/heap.js';
import { REDACT_MODES } from '../redact/redactor.js';
import type { ReportOptions } from '../report/formats.js';
import { parseTarget } from '../select/parse-target.js';
import type { RawArguments } from './build-yargs.js';
import { describeCommand } from './describe-command.js';
import {
  countOf,
  cutsOf,
  defined,
  oneOf,
  patternsOf,
  single,
  sizeOf,
  usage,
} from './option-values.js';
import { type Output, outputsOf, reportOf } from './output-options.js';
import { type SourceOptions, sourceOptionsOf } from './source-options.js';

/** The options of a command that draws, checked and with their defaults, frozen for the run. */
export interface NormalizedOptions extends SourceOptions {
  readonly targets: readonly string[];
  readonly options: GraphOptions;
  readonly outputs: readonly Output[];
  readonly report: ReportOptions;
  /** In bytes; null for no limit. */
  readonly maxMemory: number | null;
  /** File of a template of the user's own; null for ours. */
  readonly template: string | null;
  readonly quiet: boolean;
}

/**
 * Checks every option before any work is done.
 *
 * @param command its name, which becomes part of the name of a picture nobody gave a name to.
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function normalizeOptions(raw: RawArguments, command: string): NormalizedOptions {
  const targets = raw.target ?? [];
  if (targets.length === 0) {
    throw usage(
      'no --target given; name the object, for example --target x, --target @123 or --target class:Foo',
    );
  }
  for (const target of targets) parseTarget(target);
  return Object.freeze({
    ...sourceOptionsOf(raw),
    targets,
    options: walkOptionsOf(raw),
    outputs: outputsOf(raw, command, targets),
    maxMemory: sizeOf('--max-memory', raw['max-memory']) ?? null,
    report: { ...reportOf(raw), command: describeCommand(raw, command) },
    template: single('--template', raw.template) ?? null,
    quiet: raw.quiet === true,
  });
}

function walkOptionsOf(raw: RawArguments): GraphOptions {
  const nth = countOf('--nth', raw.nth, 1);
  return {
    ...defined({
      depth: countOf('--depth', raw.depth, 0),
      fanIn: countOf('--fan-in', raw['fan-in'], 1),
      maxNodes: countOf('--max-nodes', raw['max-nodes'], 1),
      toRoots: raw['to-roots'],
      paths: countOf('--paths', raw.paths, 1),
      group: raw.group,
    }),
    cut: cutsOf(raw.cut),
    hide: patternsOf(raw.hide),
    stop: patternsOf(raw.stop),
    highlight: patternsOf(raw.highlight),
    weak: raw.weak === true,
    internals: raw.internals === true,
    retained: raw.retained === true,
    redact: oneOf('--redact', single('--redact', raw.redact), REDACT_MODES, 'secrets'),
    nth: nth ?? null,
    largest: raw.largest === true,
    all: raw.all === true,
  };
}
