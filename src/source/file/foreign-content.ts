import { ShowBackrefError } from '../../errors.js';
import type { PackedName } from './packed-name.js';

/** The number of bytes that show what a file is. */
export const TELLING_BYTES = 4096;

const SNAPSHOT_INSTEAD = 'take a heap snapshot instead, for example with showbackref capture pid:N';
const OTHER_LANGUAGE = 'showbackref reads heaps of JavaScript programs';

/** A kind of content, and what to do next; both without the name of the file. */
interface Content {
  readonly what: string;
  readonly advice: string;
}

interface Kind {
  readonly isMeant: (head: Head) => boolean;
  readonly content: (head: Head, shellArgument: string) => Content;
}

interface Head {
  readonly bytes: Uint8Array;
  /** One character for each byte. */
  readonly raw: string;
  /** The text without white space and byte order mark before it. */
  readonly text: string;
  readonly shellArgument: string;
}

/** Kinds that a program on most machines can decompress. */
const PACKED: readonly Kind[] = [
  packed('xz', (raw) => raw.startsWith('\xfd7zXZ\0'), 'xz -dc'),
  packed('bzip2', (raw) => /^BZh[1-9]1AY&SY/.test(raw), 'bzip2 -dc'),
  packed('lz4', (raw) => raw.startsWith('\x04\x22\x4d\x18'), 'lz4 -dc'),
  packed('7-Zip', (raw) => raw.startsWith('7z\xbc\xaf\x27\x1c'), '7z x -so'),
  {
    isMeant: ({ raw }) => raw.slice(257, 262) === 'ustar',
    content: ({ raw }, file) => ({
      what: 'a tar archive',
      advice: `use tar -xOf ${file || 'FILE.tar'} ${memberOfTar(raw)} | showbackref -`,
    }),
  },
];

const OTHERS: readonly Kind[] = [
  kind(
    'a CPU profile (.cpuprofile), which has no objects',
    ({ text }) => firstKey(text) === 'nodes' && text.includes('"callFrame"'),
    SNAPSHOT_INSTEAD,
  ),
  kind(
    'a sampling profile (.heapprofile), which has no references',
    ({ text }) => firstKey(text) === 'head',
    SNAPSHOT_INSTEAD,
  ),
  kind(
    'a Chrome trace, which has no objects',
    ({ text }) => firstKey(text) === 'traceEvents' || /^\[\s*\{[^[\]]*"ph"\s*:/.test(text),
    SNAPSHOT_INSTEAD,
  ),
  kind(
    'in JavaScriptCore’s own format (Safari, Bun)',
    ({ text }) => firstKey(text) === 'version' && /"type"\s*:\s*"(Inspector|GC)/.test(text),
    'in Bun, write it with Bun.generateHeapSnapshot("v8")',
  ),
  kind(
    'a memory report of Firefox, which has no references',
    ({ text }) => text.slice(0, 300).includes('"hasMozMallocUsableSize"'),
    'take a heap snapshot of the page in Chrome',
  ),
  kind(
    'a heap snapshot of Firefox, which is not in V8’s format',
    ({ shellArgument }) => /\.fxsnapshot(\.gz)?"$/i.test(shellArgument),
    'take one of the page in Chrome',
  ),
  kind(
    'a heap dump of a Java program (hprof)',
    ({ raw }) => raw.startsWith('JAVA PROFILE 1.'),
    `open it with Eclipse MAT or VisualVM; ${OTHER_LANGUAGE}`,
  ),
  kind(
    'a dump of a .NET program',
    ({ raw }) => raw.slice(0, 64).includes('!FastSerialization.1') || raw.startsWith('Nettrace'),
    `open it with PerfView or Visual Studio; ${OTHER_LANGUAGE}`,
  ),
  kind(
    'a dump of a Windows process',
    ({ raw }) => raw.startsWith('MDMP'),
    `open it with a debugger; of a running program, ${SNAPSHOT_INSTEAD}`,
  ),
  kind(
    'data of a Python program',
    ({ bytes, raw }) => isPickle(bytes) || raw.startsWith('memray'),
    `use objgraph or memray; ${OTHER_LANGUAGE}`,
  ),
  kind(
    'a core dump of a process',
    ({ bytes }) => isCore(bytes),
    `open it with a debugger; of a running program, ${SNAPSHOT_INSTEAD}`,
  ),
  kind(
    'an HTML page, such as the error page of a server',
    ({ text }) => /^<(!doctype html|html|head|body)\b/i.test(text),
    'look at it in a browser and download the snapshot again',
  ),
  {
    isMeant: ({ raw }) => raw.startsWith('version https://git-lfs.github.com/spec/'),
    content: (_, file) => ({
      what: 'a pointer of Git LFS instead of the file',
      advice: `use git lfs pull --include ${file || 'FILE'}`,
    }),
  },
];

/** An error for content that is recognised but cannot be read; null for any other. */
export function refuseForeign(head: Uint8Array, name: PackedName): ShowBackrefError | null {
  const bytes = head.subarray(0, TELLING_BYTES);
  const raw = Buffer.from(bytes).toString('latin1');
  const text = raw.replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  const found = { bytes, raw, text, shellArgument: name.shellArgument };
  const known = [...PACKED, ...OTHERS].find(({ isMeant }) => isMeant(found));
  if (known === undefined) return null;
  const { what, advice } = known.content(found, name.shellArgument);
  return new ShowBackrefError('SNAPSHOT_INVALID', `${name.quoted} is ${what}: ${advice}`);
}

function kind(what: string, isMeant: Kind['isMeant'], advice: string): Kind {
  return { isMeant, content: () => ({ what, advice }) };
}

function packed(what: string, isMeant: (raw: string) => boolean, command: string): Kind {
  return {
    isMeant: ({ raw }) => isMeant(raw),
    content: (_, file) => ({
      what: `compressed with ${what}`,
      advice: `use ${command} ${file || 'FILE'} | showbackref -`,
    }),
  };
}

function firstKey(text: string): string | null {
  return /^\{\s*"(\w+)"\s*:/.exec(text)?.[1] ?? null;
}

/** The first file in it, if its name is a plain one. */
function memberOfTar(raw: string): string {
  return memberArgument(/^[^\0]{1,100}/.exec(raw)?.[0] ?? '');
}

/**
 * A file of an archive in a command: only a plain name, because a shell could execute parts of
 * others.
 */
export function memberArgument(name: string): string {
  return /^[\w./][\w./ -]{0,200}$/.test(name) && !name.endsWith('/') ? `"${name}"` : 'MEMBER';
}

const ELF = [0x7f, 0x45, 0x4c, 0x46];
const MACH_O = [0xcf, 0xfa, 0xed, 0xfe];
const CORE_FILE = 4;

/**
 * True for a core dump: the type of an ELF file is its ninth pair of bytes, that of a Mach-O file
 * its fourth group of four.
 */
function isCore(bytes: Uint8Array): boolean {
  const begins = (magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (begins(ELF)) return bytes[16] === CORE_FILE || bytes[17] === CORE_FILE;
  return begins(MACH_O) && bytes[12] === CORE_FILE;
}

/**
 * True for a pickle: protocols 2 to 5 start with that number, then with a frame, a dict, a list, a
 * class or a tuple.
 */
function isPickle(bytes: Uint8Array): boolean {
  const [mark, protocol = 0, opcode = 0] = bytes;
  const isStart = opcode === 0x95 || '}c(]'.includes(String.fromCharCode(opcode));
  return mark === 0x80 && protocol >= 2 && protocol <= 5 && isStart;
}
