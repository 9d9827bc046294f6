import { isBuiltinFile } from '../../engine/code/contexts.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { sourcePlaceOf } from './places.js';
import type { CodeSource } from './subgraph.js';

const PACKAGE = /[\\/]node_modules[\\/]/;

/** Whose code a function, or the class of an object, is of. */
export function codeSourceOf(view: HeapView, node: NodeOrdinal): { readonly code?: CodeSource } {
  const place = sourcePlaceOf(view, node);
  if (place === null) return {};
  const isPackage = isBuiltinFile(place.file) || PACKAGE.test(place.file);
  return { code: isPackage ? 'package' : 'program' };
}
