import type { Limits, ObjectWalk } from './walk-objects.js';

/** The data of a picture: a finished walk, or the part of it that is kept. */
export interface Walked
  extends Pick<ObjectWalk, 'drawing' | 'targets' | 'neighbours' | 'ways' | 'dominators'> {
  readonly limits: Readonly<Limits>;
}
