import { matchesEnd, type WayPattern, type WayText } from './path-pattern.js';
import type { ExcuseKind } from './suspect.js';

/** Something that grows in healthy programs. */
interface Excused {
  readonly why: ExcuseKind;
  /** The possible ends of paths to what is added. */
  readonly paths: readonly WayPattern[];
  /** It holds no more than this; with more it is what it seems. Absent where there is no limit. */
  readonly most?: number;
}

/** Tables that fill while a program starts or loads code, and traces of tools that look at it. */
const NOT_A_LEAK: readonly Excused[] = [
  {
    // what Node.js remembers of files that it looked for: one entry for each file or request
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
    // what Node.js records about its own modules, each when it is loaded for the first time
    why: 'warm-up',
    paths: [
      ['**', '.moduleLoadList -> Array', '[*] -> string'],
      ['**', '<builtins_with*_cache> -> *', '**'],
      ['**', 'Map["*"] -> BuiltinModule', '.exportKeys -> Array', '[*] -> *'],
      ['**', 'Map["*"] -> BuiltinModule', '.exports -> *', '*'],
      ['**', 'Map["*"] -> BuiltinModule'],
      // channels by name: only a weak reference remains of those that nobody listens to
      ['**', 'var channels -> WeakRefMap', 'Map["*"] -> *', '**'],
      ['**', 'var channels -> WeakRefMap', '.#finalizers -> *', '**'],
    ],
  },
  {
    // functions of the embedder that V8 has made so far, and objects it keeps to the end of a turn
    why: 'engine',
    paths: [
      ['**', '<*_template_instantiations_cache> -> (array)', '**'],
      ['**', '<weak_refs_keep_during_job> -> (array)', '**'],
    ],
  },
  {
    why: 'inspector',
    paths: [['**', '<DevTools console> -> *', '**']],
  },
  {
    why: 'source-maps',
    paths: [
      ['**', 'var *ourceMap* -> *', '**'],
      ['**', '* -> SourceMapCacheMap', '**'],
      ['**', '.*ourceMapCache* -> *', '**'],
    ],
  },
];

/**
 * The reason why growth at the end of a path is not a leak; null if it may be one.
 *
 * @param count the number of objects that are held there now.
 */
export function excuseOfWay(way: WayText, count: number): ExcuseKind | null {
  const found = NOT_A_LEAK.find(({ paths, most = count }) => {
    return count <= most && paths.some((path) => matchesEnd(way, path));
  });
  return found?.why ?? null;
}
