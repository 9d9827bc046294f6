/**
 * The quantity measured on each line; `memory` includes garbage, `live memory` only what stays
 * alive.
 */
export type Measure = 'time' | 'memory' | 'live memory';
