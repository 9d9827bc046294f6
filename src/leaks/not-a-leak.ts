import { matchesEnd, type WayPattern, type WayText } from './path-pattern.js';
import type { ExcuseKind } from './suspect.js';

/** Something that grows in healthy programs. */
interface Excused {
  readonly why: ExcuseKind;
  /** How ways to what is added end. */
  readonly paths: readonly WayPattern[];
  /** It holds no more than this; with more it is what it seems. Absent where there is no limit. */
  readonly most?: number;
}

/** Tables that fill while a program starts or loads code, and what tools that look at it leave behind. */
const NOT_A_LEAK: readonly Excused[] = [
  {
    // what Node.js remembers of files that it looked for: an entry for each file or request, once
    why: 'loading',
    paths: [
      ['**', '._pathCache -> *', '**'],
      ['**', 'var relativeResolveCache -> *', '**'],
      ['**', 'var realpathCache -> *', '**'],
      ['**', 'var packageJsonCache -> *', '**'],
      ['**', 'var statCache -> *', '**'],
      ['**', 'var *[pP]ackageJson*Cache -> *', '**'],
      ['**', '* -> LoadCache', '**'],
      ['**', '* -> ResolveCache', '**'],
    ],
  },
  {
    // what each fetch() is noted in, 250 of them unless a program asks for more
    why: 'warm-up',
    paths: [
      ['**', 'var resourceTimingBuffer -> Array', '**'],
      ['**', 'var resourceTimingSecondaryBuffer -> Array', '**'],
    ],
    most: 250,
  },
  {
    why: 'inspector',
    paths: [
      ['**', '<*DevTools console*> -> *', '**'],
      ['**', '* -> *InspectorSession*', '**'],
    ],
  },
  {
    why: 'source-maps',
    paths: [
      ['**', 'var *ourceMap* -> *', '**'],
      ['**', '.*ourceMapCache* -> *', '**'],
    ],
  },
];

/**
 * Why what grew at the end of a way is no leak; null where it may be one.
 *
 * @param count what is held there now.
 */
export function excuseOfWay(way: WayText, count: number): ExcuseKind | null {
  const found = NOT_A_LEAK.find(({ paths, most = count }) => {
    return count <= most && paths.some((path) => matchesEnd(way, path));
  });
  return found?.why ?? null;
}
