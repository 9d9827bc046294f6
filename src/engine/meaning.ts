/**
 * The meaning of a reference in a program, and of a node: facts without words. Folds and nodes
 * produce them, `words/` turns them into labels, phrases and shapes, and JSON contains them
 * unchanged. Every string in a meaning comes from the heap, with names masked when an answer is
 * finished.
 */

/** A key of a Map or the name of an event, if the file shows it. */
export type Key =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'symbol'; readonly description: string }
  /** Null for a number whose value is not in the file. */
  | { readonly type: 'number'; readonly value: string | null }
  /** Ids are null if left open, for several references. */
  | { readonly type: 'function'; readonly name: string; readonly id: number | null }
  | { readonly type: 'object'; readonly name: string; readonly id: number | null }
  /** A small integer, true, null and the like: V8 records no edge to them. */
  | { readonly type: 'primitive' }
  /** Left open, for several references. */
  | { readonly type: 'any-text' }
  | { readonly type: 'any' };

/** Fields of the language and of its own objects. */
type FieldMeaning =
  /** A property by its name, `#x` for a private one; null for any name, for several references. */
  | {
      readonly kind: 'property';
      readonly name: string | null;
      /** The masked name was one that can be written after a dot. */
      readonly isIdentifier?: true;
    }
  | { readonly kind: 'symbol-property'; readonly description: string }
  | { readonly kind: 'prototype' }
  /** A getter or setter of a property. */
  | { readonly kind: 'accessor'; readonly accessor: 'get' | 'set'; readonly of: PropertyMeaning }
  | { readonly kind: 'private-methods'; readonly class: string }
  /** Null for any index. */
  | { readonly kind: 'element'; readonly index: string | null }
  | { readonly kind: 'bound-this' | 'bound-function' }
  | { readonly kind: 'bound-argument'; readonly index: string }
  | { readonly kind: 'proxy-target' | 'proxy-handler' }
  | { readonly kind: 'string-half'; readonly half: 'first' | 'second' }
  /** The whole string that a part was cut out of. */
  | { readonly kind: 'string-parent' }
  /** The memory of a buffer. */
  | { readonly kind: 'bytes' }
  /** A slot that its object does not show as an own property; or the name of such a property. */
  | { readonly kind: 'unnamed-property' | 'property-name' };

/** A property with any kind of name. */
export type PropertyMeaning = Extract<
  FieldMeaning,
  { readonly kind: 'property' | 'symbol-property' | 'prototype' }
>;

type VariableMeaning =
  /** `unused`: no living function uses it; absent if one does, or if that is unknown. */
  | { readonly kind: 'variable'; readonly name: string; readonly unused?: true }
  /** A local of a paused frame; `function` is null at the top level of a module. */
  | { readonly kind: 'local'; readonly name: string; readonly function: string | null }
  /**
   * A local of a suspended generator or async function; the name is null if only the slot is known.
   */
  | {
      readonly kind: 'suspended-local';
      readonly name: string | null;
      readonly function: string;
      readonly async: boolean;
    }
  /**
   * One of several variables of a block that the file does not distinguish; `more` when not all are
   * named.
   */
  | { readonly kind: 'one-of'; readonly names: readonly string[]; readonly more: boolean }
  | { readonly kind: 'block-variable' }
  /** Held by a function that is built into V8. */
  | { readonly kind: 'captured' | 'promise-to-settle' }
  | { readonly kind: 'scope' | 'outer-scope' }
  | { readonly kind: 'export'; readonly name: string; readonly file: string | null };

type CollectionMeaning =
  | { readonly kind: 'map-value'; readonly key: Key }
  | { readonly kind: 'map-key' | 'set-member' | 'weakset-member' | 'weakmap-entry' }
  /** `key` is the class of the key; the id is null if left open or unknown. */
  | { readonly kind: 'weakmap-value'; readonly key: string; readonly id: number | null }
  /** The part that an iterator has not reached yet. */
  | { readonly kind: 'still-to-iterate' }
  | { readonly kind: 'array-iterator' };

type AsyncMeaning =
  | { readonly kind: 'promise-result' | 'then-callback' | 'then-result' | 'then-context' }
  /** The promise holds the function that waits for it. */
  | { readonly kind: 'awaited'; readonly function: string }
  /** The promise that a suspended async function will settle. */
  | { readonly kind: 'async-promise'; readonly function: string }
  /** Belongs to a call of `next` on an async generator that has not been answered yet. */
  | { readonly kind: 'request-promise' | 'request-argument' }
  | { readonly kind: 'microtask' | 'microtask-promise' | 'microtask-argument' }
  | { readonly kind: 'resumes'; readonly function: string }
  /** Kept by Node.js for an AsyncLocalStorage. */
  | { readonly kind: 'async-store' | 'async-context' }
  | { readonly kind: 'store'; readonly key: Key };

type LibraryMeaning =
  | { readonly kind: 'listener'; readonly event: Key; readonly once: boolean }
  /** The delay is in milliseconds. */
  | { readonly kind: 'timer'; readonly delay: string; readonly repeats: boolean }
  | { readonly kind: 'immediate' | 'next-tick-callback' | 'next-tick-argument' }
  /** Belongs to a page, which does not say for which event, or for how long. */
  | { readonly kind: 'page-listener' | 'page-timer' | 'page-callback' }
  /** Belongs to a FinalizationRegistry. */
  | { readonly kind: 'held-value' | 'cleanup-callback' };

type EngineMeaning =
  | { readonly kind: 'stack'; readonly temporary: boolean }
  | { readonly kind: 'captured-stack' | 'weakref-kept' | 'printed' }
  | { readonly kind: 'cpp-handle'; readonly name: string | null }
  | { readonly kind: 'cpp-reference' | 'dom-link' | 'javascript-object' | 'native-object' }
  /** A field of the engine; null for one without a name, `*` for any number. */
  | { readonly kind: 'internal'; readonly name: string | null }
  | { readonly kind: 'weak'; readonly name: string }
  /** Stands for references beyond those that can be read. */
  | { readonly kind: 'excess'; readonly count: number }
  | { readonly kind: 'unnamed' };

/** The meaning of one reference, or the common meaning of several that are drawn as one. */
export type Meaning =
  | FieldMeaning
  | VariableMeaning
  | CollectionMeaning
  | AsyncMeaning
  | LibraryMeaning
  | EngineMeaning;

export type MeaningKind = Meaning['kind'];

/** The meaning of a node of a picture. */
export type NodeMeaning =
  | { readonly kind: 'object'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string | null }
  /** The variables of one call of a function; null for one without a name. */
  | { readonly kind: 'scope'; readonly of: string | null }
  | { readonly kind: 'module'; readonly file: string | null }
  /** A module of the runtime that keeps objects handed over by a program. */
  | { readonly kind: 'runtime'; readonly part: 'timers' | 'next-tick' }
  /** The variables of all scripts of a page, prompt or context. */
  | { readonly kind: 'top-level' }
  | { readonly kind: 'global' | 'realm' | 'gc-root' }
  /** The global of one of several realms; `isOwn` if it keeps itself alive. */
  | {
      readonly kind: 'realm-global';
      readonly of: 'window' | 'vm' | 'realm';
      readonly name: string | null;
      readonly isOwn: boolean;
    }
  /** The objects by which a program of Node.js is named. */
  | { readonly kind: 'named'; readonly name: 'process' | 'require.cache' | 'console' }
  /** A running or open handle, by its C++ class. */
  | { readonly kind: 'handle'; readonly name: string }
  /** The console of an inspector. */
  | { readonly kind: 'console' }
  /** A group of GC roots by V8's own name for it. */
  | { readonly kind: 'root-group'; readonly name: string }
  /**
   * A paused call; `function` is empty for a function without a name, and null at the top level of
   * a module.
   */
  | {
      readonly kind: 'frame';
      readonly function: string | null;
      readonly file: string;
      readonly line: number;
    }
  | { readonly kind: 'omitted'; readonly reason: OmissionReason };

export type NodeMeaningKind = NodeMeaning['kind'];

/**
 * The reason why objects are not drawn: a limit, or the option of that name; the middle of a long
 * path. In an essential picture: objects that live only through the target, parts between two
 * nodes, repeating rounds.
 */
export type OmissionReason =
  | 'limit'
  | 'depth'
  | 'stop'
  | 'hide'
  | 'way'
  | 'own'
  | 'between'
  | 'repeats';

/**
 * The state of a node at which a walk ends although it is not a root: `unreachable`: its holders
 * are drawn, but no root reaches it by strong references; `partly-unreachable`: this applies to
 * some of the objects that are drawn as one; `no-path`: no path from a root leads to it, so nothing
 * is drawn above it; `only-weak`: the same for a target to which only weak references lead;
 * `no-holder`: nothing in the file holds it; `holds-nothing`: in `refs`.
 */
export type NodeState =
  | 'unreachable'
  | 'partly-unreachable'
  | 'no-path'
  | 'only-weak'
  | 'no-holder'
  | 'holds-nothing';
