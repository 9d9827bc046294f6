const IDENTIFIER = /^#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** True if a property with that name can be written after a dot; `#x` is a private one. */
export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name);
}
