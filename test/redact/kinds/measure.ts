import { Redactor } from '../../../src/redact/redactor.js';
import { HELD_OUT_NAMES, HELD_OUT_TEXTS, HELD_OUT_TOKENS } from './held-out-kinds.js';
import { ISSUED_KINDS } from './issued-kinds.js';
import { HELD_OUT_LOOK_ALIKES, LOOK_ALIKE_KINDS } from './look-alike-kinds.js';
import { LOOK_ALIKE_TEXTS } from './look-alike-texts.js';
import { HARMLESS_NAMES, SECRET_NAMES } from './named-kinds.js';
import { SYNTAX_KINDS } from './syntax-kinds.js';
import { plainDollars, type Sample, textsOf, tokensOf } from './templates.js';

/** The number of samples of a kind that were treated correctly, and those that were not. */
export interface KindResult {
  readonly kind: string;
  readonly right: number;
  readonly all: number;
  readonly wrong: readonly string[];
}

/** Harmless in itself: only its name makes it a secret. */
const ORDINARY = 'open sesame';

/**
 * The number of characters in a row that give a secret away, beyond the common beginning of its
 * form.
 */
const TELLING = 6;

export function measureIssued(): KindResult[] {
  return byKind(tokensOf(ISSUED_KINDS, 1), isMasked);
}

export function measureSyntax(): KindResult[] {
  return byKind(textsOf(SYNTAX_KINDS, 2), isMasked);
}

export function measureNames(): KindResult[] {
  const samples = Object.entries(SECRET_NAMES).flatMap(([kind, names]) => samplesOf(kind, names));
  return byKind(samples, ({ text }) => isMaskedUnder(text));
}

export function measureLookAlikes(): KindResult[] {
  const texts = [...textsOf(LOOK_ALIKE_KINDS, 3), ...samplesOf('words and code', LOOK_ALIKE_TEXTS)];
  return [...byKind(texts, isKept), ...byKind(samplesOf('names', HARMLESS_NAMES), isKeptUnder)];
}

export function measureHeldOut(): { masked: KindResult[]; kept: KindResult[] } {
  const names = samplesOf('names', HELD_OUT_NAMES);
  return {
    masked: [
      ...byKind(tokensOf(HELD_OUT_TOKENS, 4), isMasked),
      ...byKind(textsOf(HELD_OUT_TEXTS, 5), isMasked),
      ...byKind(names, ({ text }) => isMaskedUnder(text)),
    ],
    kept: byKind(textsOf(HELD_OUT_LOOK_ALIKES, 6), isKept),
  };
}

export function sumOf(results: readonly KindResult[]): { right: number; all: number } {
  const add = (key: 'right' | 'all') => results.reduce((sum, result) => sum + result[key], 0);
  return { right: add('right'), all: add('all') };
}

function samplesOf(kind: string, texts: readonly string[]): Sample[] {
  return texts.map(plainDollars).map((text) => ({ kind, text, secret: text }));
}

function byKind(samples: readonly Sample[], isRight: (sample: Sample) => boolean): KindResult[] {
  return [...new Set(samples.map(({ kind }) => kind))].map((kind) => {
    const ofKind = samples.filter((sample) => sample.kind === kind);
    const wrong = ofKind.filter((sample) => !isRight(sample)).map(({ text }) => text);
    return { kind, right: ofKind.length - wrong.length, all: ofKind.length, wrong };
  });
}

/** True if neither the secret nor a piece of it longer than common texts is shown. */
function isMasked({ text, secret }: Sample): boolean {
  const shown = new Redactor('secrets').text(text).replace(/<[a-z ]{1,30} \d{1,9}>/g, '…');
  if (secret.length <= TELLING) return !shown.includes(secret);
  for (let at = 0; at + TELLING <= secret.length; at++) {
    if (shown.includes(secret.slice(at, at + TELLING))) return false;
  }
  return true;
}

function isKept({ text }: Sample): boolean {
  return new Redactor('secrets').text(text) === text;
}

function isMaskedUnder(name: string): boolean {
  return new Redactor('secrets').value(ORDINARY, [name]) !== ORDINARY;
}

function isKeptUnder({ text }: Sample): boolean {
  return !isMaskedUnder(text);
}
