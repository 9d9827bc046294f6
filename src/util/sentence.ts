/** How options are named to the user: `--fan-in` on a command line, `fanIn` in a program. */
export type Spelling = 'flags' | 'names';

/** An option in a sentence, which is spelled when the sentence is shown. */
export interface OptionMention {
  /** Its name in the table of options, such as `fanIn`. */
  readonly option: string;
  /** An example value, such as `@123`. */
  readonly value?: string;
}

/** Text for the user that may name options. Plain data: it passes from thread to thread. */
export type Sentence = string | readonly (string | OptionMention)[];

/** Names an option in a sentence. */
export function option(name: string, value?: string): OptionMention {
  return value === undefined ? { option: name } : { option: name, value };
}

/** A sentence from a template: `` say`${option('target')} is empty` ``. */
export function say(
  texts: TemplateStringsArray,
  ...parts: readonly (Sentence | OptionMention | number)[]
): Sentence {
  const all = texts.flatMap((text, at) => {
    const part = parts[at];
    if (part === undefined) return [text];
    if (typeof part === 'number') return [text, String(part)];
    return [text, ...(isSequence(part) ? part : [part])];
  });
  return all.every((part) => typeof part === 'string') ? all.join('') : all;
}

/** The sentence as it is shown. */
export function spell(sentence: Sentence, spelling: Spelling): string {
  if (typeof sentence === 'string') return sentence;
  return sentence
    .map((part) => (typeof part === 'string' ? part : spellMention(part, spelling)))
    .join('');
}

/** A value in quotes. */
export function quote(value: unknown): string {
  return `"${typeof value === 'string' ? value : String(value).slice(0, 60)}"`;
}

/** `fan-in` for `fanIn`: the name after the `--`. */
export function toFlagName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function spellMention({ option: name, value }: OptionMention, spelling: Spelling): string {
  const spelled = spelling === 'flags' ? `--${toFlagName(name)}` : name;
  return value === undefined ? spelled : `${spelled} ${value}`;
}

function isSequence(part: Sentence | OptionMention): part is readonly (string | OptionMention)[] {
  return Array.isArray(part);
}
