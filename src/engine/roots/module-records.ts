/** Of ES modules, and of what is imported as one: JSON, CommonJS, modules built into a runtime. */
export const MODULE_RECORDS: ReadonlySet<string> = new Set([
  'system / SourceTextModule',
  'system / SyntheticModule',
]);
