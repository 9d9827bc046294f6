import { toFlagName } from '../../util/sentence.js';
import { shellWord } from './shell-word.js';

/** The next question, as data: each door words it in its own way. */
export interface NextStep {
  /** Name of a command. */
  readonly command: string;
  /** Options of that command and their values. */
  readonly options: readonly (readonly [name: string, value: string | true])[];
  /** The reason to ask it. */
  readonly why: string;
}

/** Who asks, and of which heap. */
export interface Asker {
  /** Someone who types a command, or a program that calls a tool. */
  readonly door: 'shell' | 'tools';
  /** The heap as it was named; empty where it was not. */
  readonly source: string;
  /** A program that goes on: its ids mean nothing at the next look. */
  readonly isLive: boolean;
  /** The tokens of the next answer. */
  readonly tokens: number;
}

/** True for a name that says nothing but what it names: what is proposed must not be a text from a heap. */
export function isPlainName(name: string): boolean {
  return /^[\w$.]{1,60}$/.test(name);
}

/** `Next: showbackref a.heapsnapshot --target @5 …`, or nothing where there is nothing to ask. */
export function stepWords(step: NextStep | null, asker: Asker): readonly string[] {
  if (step === null) return [];
  const asked = asker.door === 'shell' ? typedStep(step, asker) : calledStep(step, asker);
  return [`Next: ${asked} (${step.why})`];
}

function typedStep({ command, options }: NextStep, { source, tokens }: Asker): string {
  const isText = command !== 'capture';
  const given = [...options, ...(isText ? textOptions(tokens) : [])];
  const words = [
    'showbackref',
    ...(command === 'backrefs' ? [] : [command]),
    ...(source === '' ? [] : [source]),
    ...given.flatMap(([name, value]) => [
      `--${toFlagName(name)}`,
      ...(value === true ? [] : [value]),
    ]),
  ];
  return words.map(shellWord).join(' ');
}

function textOptions(tokens: number): NextStep['options'] {
  return [
    ['format', 'txt'],
    ['budget', String(tokens)],
  ];
}

/** The tool and its arguments, as they are sent. */
function calledStep({ command, options }: NextStep, { source }: Asker): string {
  const isCut = options.some(([name]) => name === 'cut');
  const given: Record<string, unknown> = source === '' ? {} : { heap: source };
  for (const [name, value] of options) {
    const earlier = given[name];
    given[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return `${isCut ? 'cut' : command} ${JSON.stringify(given)}`;
}
