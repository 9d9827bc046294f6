/** The address at which an inspector listens. */
export interface InspectorAddress {
  /** A name or an IP address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** `/` and the rest of a WebSocket address; null if the inspector has to be asked for it. */
  readonly socketPath: string | null;
}

const HOST_AND_PORT = /^(\[[\da-f:.]+\]|[\w.-]+):\d{1,5}$/i;

/** `ws://…`, `http://HOST:PORT` or `HOST:PORT`; null for anything else. */
export function parseInspectorAddress(text: string): InspectorAddress | null {
  const full = HOST_AND_PORT.test(text) ? `http://${text}` : text;
  if (!/^(ws|http):\/\//i.test(full) || !URL.canParse(full)) return null;
  const { protocol, hostname, port, pathname, search } = new URL(full);
  const isSocket = protocol === 'ws:' && pathname !== '/';
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 80 : Number(port),
    socketPath: isSocket ? pathname + search : null,
  };
}

/** True for an address of this machine itself. */
export function isLoopback({ host }: Pick<InspectorAddress, 'host'>): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
}

export function toHostAndPort({ host, port }: Omit<InspectorAddress, 'socketPath'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export function toSocketUrl(address: InspectorAddress, socketPath: string): string {
  return `ws://${toHostAndPort(address)}${socketPath}`;
}
