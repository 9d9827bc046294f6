/**
 * The kinds of merged references: they decide which references of one holder are counted together.
 */
export const LabelKind = {
  property: 0,
  variable: 1,
  element: 2,
  dictionary: 3,
  mapKey: 4,
  mapValue: 5,
  setMember: 6,
  weakMap: 7,
  internal: 8,
  numbered: 9,
  console: 10,
} as const;

type LabelKindNumber = (typeof LabelKind)[keyof typeof LabelKind];

/**
 * Labels that stand for any number of references of one holder; the index of each is its number in
 * every pool.
 */
const OPEN: readonly (readonly [LabelKindNumber, string])[] = [
  [LabelKind.element, '[*]'],
  [LabelKind.dictionary, '["*"]'],
  [LabelKind.mapKey, 'Map key'],
  [LabelKind.mapValue, 'Map["*"]'],
  [LabelKind.setMember, 'Set member'],
  [LabelKind.weakMap, 'WeakMap["*"]'],
  [LabelKind.numbered, '<*>'],
  [LabelKind.console, '<DevTools console>'],
];

/** The numbers of these labels. */
export const OpenLabel = {
  element: 0,
  dictionary: 1,
  mapKey: 2,
  mapValue: 3,
  setMember: 4,
  weakMap: 5,
  numbered: 6,
  console: 7,
} as const;

/** Numbers for labels of references, the same for all moments. */
export class LabelPool {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #kinds: LabelKindNumber[] = [];

  constructor() {
    for (const [kind, text] of OPEN) this.#intern(text, kind);
  }

  /** The label of a reference with a specific name. */
  named(kind: LabelKindNumber, name: string): number {
    if (kind === LabelKind.variable) return this.#intern(`var ${name}`, kind);
    if (kind === LabelKind.internal) return this.#intern(`<${name}>`, kind);
    return this.#intern(`.${name}`, kind);
  }

  /** The label for a text that `textOf` returned. */
  ofText(text: string): number {
    const open = OPEN.findIndex(([, label]) => label === text);
    if (open >= 0) return open;
    if (text.startsWith('var ')) return this.#intern(text, LabelKind.variable);
    return this.#intern(text, text.startsWith('<') ? LabelKind.internal : LabelKind.property);
  }

  textOf(label: number): string {
    return this.#texts[label];
  }

  kindOf(label: number): LabelKindNumber {
    return this.#kinds[label];
  }

  #intern(text: string, kind: LabelKindNumber): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.length;
    this.#numbers.set(text, number);
    this.#texts.push(text);
    this.#kinds.push(kind);
    return number;
  }
}

/** Numbers for names of classes, the same for all moments. */
export class ClassPool {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.length;
    this.#numbers.set(text, number);
    this.#texts.push(text);
    return number;
  }

  textOf(number: number): string {
    return this.#texts[number];
  }
}
