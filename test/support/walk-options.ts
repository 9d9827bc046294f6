import { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from '../../src/question/walk-options.js';

/** The whole walk, as `--everything` draws it; test/collect/essential asks for the picture that is usual. */
export const WALK_OPTIONS: CollectOptions = { ...DEFAULT_COLLECT_OPTIONS, everything: true };
