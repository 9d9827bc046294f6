/**
 * Names of the records of ES modules, and of other things imported as modules: JSON, CommonJS,
 * built-in modules.
 */
export const MODULE_RECORDS: ReadonlySet<string> = new Set([
  'system / SourceTextModule',
  'system / SyntheticModule',
]);
