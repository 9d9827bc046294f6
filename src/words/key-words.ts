import type { Key, PropertyMeaning } from '../engine/meaning.js';
import { isIdentifier } from '../util/is-identifier.js';

/** A key as it would be written between the brackets: `"user:42"`, `Symbol(a)`, `Key @12`. */
export function keyWords(key: Key): string {
  switch (key.type) {
    case 'text':
      return JSON.stringify(key.text);
    case 'symbol':
      return `Symbol(${key.description})`;
    case 'number':
      return key.value ?? 'number';
    case 'function':
      return withId(`${key.name}()`, key.id);
    case 'object':
      return withId(key.name, key.id);
    case 'primitive':
      return 'primitive';
    case 'any-text':
      return '"*"';
    case 'any':
      return '*';
  }
}

/** `.a`, `["a b"]`, `[Symbol(d)]` or `.#private`; `.*` for any. */
export function propertyWords(property: PropertyMeaning): string {
  if (property.kind === 'prototype') return '.__proto__';
  if (property.kind === 'symbol-property') return `[Symbol(${property.description})]`;
  const { name } = property;
  if (name === null) return '.*';
  if (property.isIdentifier === true || isIdentifier(name)) return `.${name}`;
  return `[${JSON.stringify(name)}]`;
}

function withId(name: string, id: number | null): string {
  return id === null ? name : `${name} @${id}`;
}
