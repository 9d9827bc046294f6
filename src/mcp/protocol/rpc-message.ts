/** A request has an id and wants an answer, a notification has none. */
export interface Incoming {
  readonly id: number | string | null;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Codes of JSON-RPC. */
export const RpcError = {
  parse: -32700,
  request: -32600,
  method: -32601,
  params: -32602,
} as const;

/** Says what is wrong with a message; `id` is null where none could be read. */
export interface Refused {
  readonly id: number | string | null;
  readonly code: number;
  readonly message: string;
}

/** A line as one message; null for an answer to a request, of which this side sends none. */
export function readMessage(line: string): Incoming | Refused | null {
  const data = parsed(line);
  if (data === undefined) return { id: null, code: RpcError.parse, message: 'not JSON' };
  if (!isRecord(data)) {
    return { id: null, code: RpcError.request, message: 'not one message' };
  }
  const { id, method, params } = data;
  const known = typeof id === 'string' || typeof id === 'number' ? id : null;
  if (typeof method !== 'string') {
    if ('result' in data || 'error' in data) return null;
    return { id: known, code: RpcError.request, message: 'without a method' };
  }
  return { id: known, method, params: isRecord(params) ? params : {} };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
