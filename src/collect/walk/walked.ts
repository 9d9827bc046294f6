import type { Limits, ObjectWalk } from './walk-objects.js';

/** What a picture is made of: a finished walk, or what is left of it. */
export interface Walked
  extends Pick<ObjectWalk, 'drawing' | 'targets' | 'neighbours' | 'ways' | 'dominators'> {
  readonly limits: Readonly<Limits>;
}
