import { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from '../../src/question/walk-options.js';

/**
 * Options for the whole walk, as `--everything` draws it; test/collect/essential uses the default
 * picture.
 */
export const WALK_OPTIONS: CollectOptions = { ...DEFAULT_COLLECT_OPTIONS, everything: true };
