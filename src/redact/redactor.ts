import { HOME_FOLDER } from './personal-data.js';
import { isSecretName } from './secret-names.js';
import type { SecretRule } from './secret-rule.js';
import { SECRET_RULES } from './secret-rules.js';

/**
 * `secrets`: everything that looks like one; `all`: also every string and path; `none`: nothing.
 */
export const REDACT_MODES = ['secrets', 'all', 'none'] as const;
/** The texts to mask: none, those that look like a secret, or every text and path. */
export type RedactMode = (typeof REDACT_MODES)[number];

/** The reason to mask a text that looks harmless: its name, or that V8 does not record the name. */
export type HeldKind = 'secret' | 'unnamed local';

/** Too short and too plain for any rule: most names of classes and variables. */
const HARMLESS = /^[\w$ ]{0,12}$/;
/** Masked texts are kept up to this length, and up to this number. */
const LONGEST_KEPT = 1024;
const MOST_KEPT = 4096;
/** Of a text that is cut. */
const END_KEPT = 20;
const MASK = /<[a-z ]{1,30} \d{1,9}>/g;
const NOTHING_LEFT = /^(?:[A-Za-z]{1,16} )?<[a-z ]{1,30} \d{1,9}>$/;
/** Files by their usual extensions, with or without a path before them. */
const FILE =
  /(?<![^\s"'`<>()[\]{},;:])(?:[A-Za-z]:)?[^\s"'`<>()[\]{},;:]{1,256}\.(?:[cm]?[jt]sx?|vue|svelte|wasm|html?|json|node|exe)(?![\w.])|(?<![\w.~/])~?\/(?:[\w.@+~-]{1,128}\/){1,32}[\w.@+~-]{1,128}/g;
/** Files of the runtime itself, which say nothing about the program. */
const RUNTIME_FILE = /^(?:node|ext|deno|native|bun):/;

/**
 * Masks texts that must not leave the machine, for one answer: the same secret gets the same mask
 * (`<jwt 1>`) everywhere, so that it can still be followed through a picture.
 *
 * Mask a text before it is cut: half a secret is not recognised. Masking twice changes nothing.
 */
export class Redactor {
  readonly mode: RedactMode;
  /** Texts are cut to so many characters once they are masked; null for none. */
  readonly longest: number | null;
  /** Masks by kind and secret. */
  readonly #masks = new Map<string, string>();
  /** The secrets that the masks stand for. */
  readonly #secrets = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #issued = new Set<string>();
  #hasHome = false;
  /** Recently masked texts: names and labels recur often. */
  readonly #texts = new Map<string, string>();

  constructor(mode: RedactMode, longest: number | null = null) {
    this.mode = mode;
    this.longest = longest;
  }

  /** The number of different secrets masked so far. */
  get count(): number {
    return this.#issued.size + (this.#hasHome ? 1 : 0);
  }

  /** Masks any text of a heap that is not the content of a string: a name, a label, a message. */
  text(text: string): string {
    if (HARMLESS.test(text)) return text;
    return this.#cut(this.mode === 'none' ? text : this.#masked(text));
  }

  /** In the middle, because the end may be a line number. */
  #cut(text: string): string {
    if (this.longest === null || text.length <= this.longest) return text;
    return `${text.slice(0, this.longest - END_KEPT - 1)}…${text.slice(-END_KEPT)}`;
  }

  #masked(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const masked = this.#maskText(text);
    if (text.length <= LONGEST_KEPT) {
      if (this.#texts.size >= MOST_KEPT) this.#texts.clear();
      this.#texts.set(text, masked);
    }
    return masked;
  }

  #maskText(text: string): string {
    const masked = this.#applyRules(text);
    if (HOME_FOLDER.hint?.test(masked) === false) return masked;
    return masked.replace(HOME_FOLDER.pattern, () => {
      this.#hasHome = true;
      return '~';
    });
  }

  /**
   * Masks the content of a string.
   *
   * @param names properties, variables and keys that hold it: under `password` any text is a
   *   secret.
   */
  value(content: string, names: Iterable<string> = []): string {
    for (const name of names) if (isSecretName(name)) return this.held(content, 'secret');
    if (this.mode === 'all' && content !== '') return this.#wholly('text', content);
    return this.text(content);
  }

  /** Masks the content of a string that is a secret because of its holder, as the mask says. */
  held(content: string, kind: HeldKind): string {
    if (this.mode === 'none' || content === '') return content;
    if (this.mode === 'all') return this.#wholly('text', content);
    const masked = this.text(content);
    // `Bearer <jwt 1>` says more than a mask of all of it
    return NOTHING_LEFT.test(masked) ? masked : this.#maskOf(kind, content);
  }

  /**
   * Masks part of a text: parts of a secret that is only recognised in the whole are masked, too.
   */
  part(whole: string, from: number, to: number): string {
    if (this.mode !== 'secrets') return this.value(whole.slice(from, to));
    const pieces = [...this.#pieces(this.#applyRules(whole))];
    // a text that contains something like one of our masks
    const isSame = pieces.map(({ text }) => text).join('') === whole;
    if (!isSame) return this.held(whole.slice(from, to), 'secret');
    let shown = '';
    let at = 0;
    for (const { text, mask } of pieces) {
      const [start, end] = [Math.max(at, from), Math.min(at + text.length, to)];
      at += text.length;
      if (start >= end) continue;
      const begin = at - text.length;
      shown += mask ?? text.slice(start - begin, end - begin);
    }
    return this.text(shown);
  }

  /**
   * Masks a text with places in it, `main() app.js:3` or `file.js:3:7`: `all` also masks the files.
   */
  places(text: string): string {
    const masked = this.text(text);
    if (this.mode !== 'all') return masked;
    return masked.replace(FILE, (file) => this.file(file));
  }

  /** Masks the name or path of a file. */
  file(name: string): string {
    if (this.mode !== 'all' || RUNTIME_FILE.test(name) || isMask(name)) return this.text(name);
    return this.#maskOf('file', name);
  }

  /**
   * Renumbers the masks in the order in which a finished answer shows them, and forgets those it
   * does not show: more is masked on the way to an answer than gets into it.
   */
  renumber(): (text: string) => string {
    const earlier = new Set(this.#issued);
    const later = new Map<string, string>();
    this.#issued.clear();
    this.#counts.clear();
    this.#masks.clear();
    this.#secrets.clear();
    this.#texts.clear();
    const hadHome = this.#hasHome;
    this.#hasHome = false;
    return (text) => {
      this.#hasHome ||= hadHome && text.includes('~');
      return text.replace(MASK, (mask) => {
        if (!earlier.has(mask)) return mask;
        const known = later.get(mask) ?? this.#issue(mask.slice(1, mask.lastIndexOf(' ')));
        later.set(mask, known);
        return known;
      });
    };
  }

  /** The pieces of a masked text, each with its mask and the original text. */
  *#pieces(masked: string): Iterable<{ readonly text: string; readonly mask: string | null }> {
    let from = 0;
    for (const match of masked.matchAll(MASK)) {
      const secret = this.#secrets.get(match[0]);
      if (secret === undefined) continue;
      if (match.index > from) yield { text: masked.slice(from, match.index), mask: null };
      from = match.index + match[0].length;
      yield { text: this.#unmask(secret), mask: match[0] };
    }
    if (from < masked.length) yield { text: masked.slice(from), mask: null };
  }

  /** Replaces masks in a secret, which may contain others. */
  #unmask(secret: string): string {
    return secret.replace(MASK, (mask) => {
      const within = this.#secrets.get(mask);
      return within === undefined ? mask : this.#unmask(within);
    });
  }

  #wholly(kind: string, content: string): string {
    return isMask(content) ? content : this.#maskOf(kind, content);
  }

  #applyRules(text: string): string {
    // hints found in the current text
    const hints = new Map<RegExp, boolean>();
    let rest = text;
    for (const rule of SECRET_RULES) {
      const { hint } = rule;
      if (hint !== undefined) {
        const isThere = hints.get(hint) ?? hint.test(rest);
        hints.set(hint, isThere);
        if (!isThere) continue;
      }
      const masked = this.#apply(rule, rest);
      if (masked !== rest) hints.clear();
      rest = masked;
    }
    return rest;
  }

  #apply({ name, pattern, accept }: SecretRule, text: string): string {
    if (text.search(pattern) < 0) return text;
    let done = '';
    let from = 0;
    // a copy, because the expression stores the position of a search
    const search = new RegExp(pattern, `${pattern.flags}d`);
    for (let match = search.exec(text); match !== null; match = search.exec(text)) {
      if (accept?.(match) === false) {
        search.lastIndex = match.index + 1;
        continue;
      }
      const [start, end] = match.indices?.groups?.secret ?? [match.index, search.lastIndex];
      done += text.slice(from, start) + this.#maskOf(name, text.slice(start, end));
      from = end;
      search.lastIndex = end;
    }
    return done + text.slice(from);
  }

  #maskOf(kind: string, secret: string): string {
    const key = `${kind === 'file' ? kind : ''} ${secret}`;
    const known = this.#masks.get(key) ?? this.#issue(kind);
    this.#masks.set(key, known);
    this.#secrets.set(known, secret);
    return known;
  }

  #issue(kind: string): string {
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const mask = `<${kind} ${number}>`;
    this.#issued.add(mask);
    return mask;
  }
}

/** True if a text is nothing but a mask. */
export function isMask(text: string): boolean {
  return /^<[a-z ]{1,30} \d{1,9}>$/.test(text);
}
