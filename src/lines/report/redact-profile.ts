import { type RedactMode, Redactor } from '../../redact/redactor.js';
import { maskedWords } from '../../report/summary.js';
import type { LineProfile } from '../run/line-profile.js';

const STRING = /(["'`])((?:\\.|(?!\1).)*)\1/g;

/** Masks secrets in lines of source, or every string and path. */
export function redactProfile(profile: LineProfile, mode: RedactMode): LineProfile {
  if (mode === 'none') return profile;
  const redactor = new Redactor(mode);
  const mask = (text: string) => redactor.places(text.replace(STRING, maskString));
  const maskString = (_: string, quote: string, content: string) =>
    `${quote}${redactor.value(content)}${quote}`;
  const functions = profile.functions.map((profiled) => ({
    ...profiled,
    file: redactor.file(profiled.file),
    lines: profiled.lines.map((line) => ({ ...line, text: mask(line.text) })),
  }));
  const note = maskedWords(redactor.count, mode);
  return { ...profile, functions, notes: note === null ? profile.notes : [...profile.notes, note] };
}
