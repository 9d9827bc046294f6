/**
 * V8's groups of GC roots in words; recognised by name, because their order and ids change between
 * versions. Source: V8 `src/objects/visitors.h` (ROOT_ID_LIST).
 */
const ROOT_WORDS: ReadonlyMap<string, string> = new Map([
  ['(GC roots)', 'GC roots'],
  ['(Stack roots)', 'stack'],
  ['(Isolate)', 'stack'],
  ['(Handle scope)', 'native stack'],
  ['(Global handles)', 'C++ handles'],
  ['(Traced handles)', 'C++ handles (traced)'],
  ['C++ Persistent roots', 'C++ persistent handles'],
  ['C++ roots', 'C++ persistent handles'],
  ['(Micro tasks)', 'pending microtasks'],
  ['(Document DOM trees)', 'document'],
]);

const V8_INTERNALS = new Set([
  '(Bootstrapper)',
  '(Builtins)',
  '(Code flusher)',
  '(Compilation cache)',
  '(Eternal handles)',
  '(Extensions)',
  '(Identity map)',
  '(Read-only object cache)',
  '(Read-only roots)',
  '(Relocatable)',
  '(Retain maps)',
  '(Shareable object cache)',
  '(Startup object cache)',
  '(Strong root list)',
  '(Strong roots)',
  '(Thread manager)',
]);

/** Words such as `timers` for a root group; unknown names are shown unchanged. */
export function describeRootGroup(name: string): string {
  const words = ROOT_WORDS.get(name);
  if (words !== undefined) return words;
  if (V8_INTERNALS.has(name)) return `V8 internals ${name}`;
  return name === '' ? 'GC root' : name;
}

/** Running or pending activities, by their C++ class in Node.js. */
const HANDLE_WORDS: ReadonlyMap<string, string> = new Map([
  ['Worker', 'running Worker'],
  ['MessagePort', 'open MessagePort'],
  ['TCPSocketWrap', 'open TCP socket'],
  ['TCPServerWrap', 'listening TCP server'],
  ['PipeSocketWrap', 'open pipe'],
  ['PipeServerWrap', 'listening pipe server'],
  ['TLSWrap', 'open TLS socket'],
  ['TTYWrap', 'open terminal'],
  ['UDPWrap', 'open UDP socket'],
  ['Process', 'running child process'],
  ['ProcessWrap', 'running child process'],
  ['SignalWrap', 'signal handler'],
  ['FSEventWrap', 'file watcher'],
  ['StatWatcher', 'file watcher'],
  ['FSReqCallback', 'pending file operation'],
  ['FSReqPromise', 'pending file operation'],
  ['GetAddrInfoReqWrap', 'pending DNS query'],
]);

export function describeHandle(name: string): string {
  return HANDLE_WORDS.get(name) ?? `running ${name}`;
}

const PHRASES: ReadonlyMap<string, string> = new Map([
  ['GC root', 'a GC root'],
  ['GC roots', 'the GC roots'],
  ['stack', 'the stack'],
  ['native stack', 'the native stack'],
  ['document', 'the document'],
]);

/** The same within a sentence; null if it is only the group's name. */
export function rootGroupPhrase(name: string): string | null {
  return PHRASES.get(describeRootGroup(name)) ?? null;
}
