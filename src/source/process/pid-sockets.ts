import { readdir, readFile, readlink } from 'node:fs/promises';
import { endianness } from 'node:os';

/** A TCP socket that waits for connections. */
export interface ListeningSocket {
  readonly host: string;
  readonly port: number;
  readonly inode: string;
}

/** A connection that a process has accepted or made. */
export interface Connection {
  /** The port of this process, and of the one at the other end. */
  readonly port: number;
  readonly remotePort: number;
}

/** States in `/proc/net/tcp`. */
const ESTABLISHED = '01';
const LISTEN = '0A';

/** All sockets of the network that a process is in. */
export async function listListening(pid: number): Promise<readonly ListeningSocket[]> {
  const rows = await readRows(pid);
  return rows.flatMap(({ state, local: [host, port], inode }) =>
    state === LISTEN ? [{ host, port, inode }] : [],
  );
}

/** The sockets that the process itself has open. */
export async function listOwnListening(pid: number): Promise<readonly ListeningSocket[]> {
  const [own, all] = await Promise.all([listInodes(pid), listListening(pid)]);
  return all.filter(({ inode }) => own.has(inode));
}

/** The connections that the process itself has. */
export async function listConnections(pid: number): Promise<readonly Connection[]> {
  const [own, rows] = await Promise.all([listInodes(pid), readRows(pid)]);
  return rows.flatMap(({ state, local, remote, inode }) =>
    state === ESTABLISHED && own.has(inode) ? [{ port: local[1], remotePort: remote[1] }] : [],
  );
}

/** The process that has a socket open; null if that cannot be determined. */
export async function findHolder({ inode }: ListeningSocket): Promise<number | null> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids) {
    if ((await listInodes(pid)).has(inode)) return pid;
  }
  return null;
}

async function listInodes(pid: number): Promise<ReadonlySet<string>> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch((): string[] => []);
  const links = await Promise.all(
    names.map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

interface Row {
  readonly local: readonly [string, number];
  readonly remote: readonly [string, number];
  readonly state: string;
  readonly inode: string;
}

/** Format: proc(5), `/proc/net/tcp`. */
async function readRows(pid: number): Promise<readonly Row[]> {
  const tables = ['tcp', 'tcp6'].map((name) =>
    // a machine may be without IPv6, a process may have ended
    readFile(`/proc/${pid}/net/${name}`, 'latin1').catch(() => ''),
  );
  return (await Promise.all(tables)).flatMap((table) => table.split('\n').flatMap(parseRow));
}

function parseRow(row: string): readonly Row[] {
  const [, local = '', remote = '', state, , , , , , inode] = row.trim().split(/\s+/);
  if (!local.includes(':') || (state !== LISTEN && state !== ESTABLISHED) || !inode) return [];
  return [{ local: parseAddress(local), remote: parseAddress(remote), state, inode }];
}

function parseAddress(text: string): readonly [string, number] {
  const [host = '', port = ''] = text.split(':');
  return [parseHost(host), Number.parseInt(port, 16)];
}

/** Words of 32 bits, each with its bytes in the machine's order. */
function parseHost(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((text) => {
    const word = Buffer.from(text, 'hex');
    return [...(endianness() === 'LE' ? word.reverse() : word)];
  });
  if (bytes.length === 4) return bytes.join('.');
  const groups = Buffer.from(bytes).toString('hex').match(/.{4}/g) ?? [];
  const text = groups.map((group) => group.replace(/^0{1,3}/, '')).join(':');
  // in the form of URLs, so that addresses can be compared: `::`, `::1`, `::ffff:7f00:1`
  return new URL(`http://[${text}]`).hostname.slice(1, -1);
}
