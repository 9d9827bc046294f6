import { lookup } from 'node:dns/promises';
import { get } from 'node:http';
import { isIP } from 'node:net';
import { type InspectorAddress, toHostAndPort } from './inspector-address.js';
import { hostNotFound, noInspector, notAnswering, nothingListens } from './live-errors.js';

/** The longest time for an inspector to answer over HTTP. */
const ANSWER_MS = 10_000;
/** Larger than any inspector's answer: a server that is not an inspector might send forever. */
const MOST_BYTES = 16 << 20;

/** A target at an address: a program, a page, a worker. */
export interface EndpointTarget {
  readonly id: string;
  /** `node`, `page`, `worker`, `iframe`, `browser_ui`, … */
  readonly type: string;
  readonly title: string;
  readonly url: string;
  /** The path of its WebSocket; its host may be a different one as seen from here. */
  readonly socketPath: string | null;
}

/**
 * The address with its host's name resolved: inspectors refuse names other than `localhost`,
 * because a page could make them point here.
 *
 * @throws ShowBackrefError SOURCE_UNREACHABLE if there is no such host.
 */
export async function resolveHost(address: InspectorAddress): Promise<InspectorAddress> {
  const { host } = address;
  if (host === 'localhost' || isIP(host) !== 0) return address;
  try {
    return { ...address, host: (await lookup(host)).address };
  } catch (error) {
    throw hostNotFound(host, error);
  }
}

/**
 * The name by which the inspector there identifies itself, such as `node.js/v20.20.2`,
 * `Chrome/156.0.8078.79`.
 *
 * @throws ShowBackrefError SOURCE_UNREACHABLE if nothing answers, SOURCE_REFUSED if it is not an
 *   inspector.
 */
export async function readBrowserName(
  address: InspectorAddress,
  { ms = ANSWER_MS } = {},
): Promise<string> {
  const version = await getJson(address, '/json/version', ms);
  const name = (version as { Browser?: unknown } | null)?.Browser;
  if (typeof name !== 'string') throw noInspector(toHostAndPort(address));
  return name;
}

/** Lists the targets of an inspector. @throws ShowBackrefError as `readBrowserName`. */
export async function listTargets(address: InspectorAddress): Promise<readonly EndpointTarget[]> {
  const list = await getJson(address, '/json/list', ANSWER_MS);
  if (!Array.isArray(list)) throw noInspector(toHostAndPort(address));
  const pages = list.filter((entry) => typeof entry === 'object' && entry !== null);
  return pages.map((entry: Record<string, unknown>) => {
    const text = (key: string) => (typeof entry[key] === 'string' ? entry[key] : '');
    const socket = text('webSocketDebuggerUrl');
    const socketPath = URL.canParse(socket) ? new URL(socket).pathname : null;
    return {
      ...{ id: text('id'), type: text('type'), title: text('title') },
      ...{ url: text('url'), socketPath },
    };
  });
}

async function getJson(address: InspectorAddress, path: string, ms: number): Promise<unknown> {
  const name = toHostAndPort(address);
  const timeout = AbortSignal.timeout(ms);
  try {
    return JSON.parse(await getText(address, path, timeout));
  } catch (error) {
    if (timeout.aborted) throw notAnswering(name, error);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED') throw nothingListens(name, error);
    if (/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT)$/.test(code ?? '')) {
      throw notAnswering(name, error);
    }
    throw noInspector(name, error);
  }
}

function getText(
  { host, port }: InspectorAddress,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // a separate connection, which is closed with the answer
    const request = get({ host, port, path, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > MOST_BYTES) request.destroy(new Error('its answer has no end'));
      });
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}
