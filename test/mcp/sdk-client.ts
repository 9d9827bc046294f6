import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The part of the official client that tests use. */
export interface SdkClient {
  connect(transport: SdkTransport): Promise<void>;
  listTools(): Promise<{ readonly tools: readonly SdkTool[] }>;
  callTool(
    call: { readonly name: string; readonly arguments?: object },
    schema?: undefined,
    options?: { readonly signal?: AbortSignal; readonly onprogress?: (progress: object) => void },
  ): Promise<SdkResult>;
  getInstructions(): string | undefined;
  ping(): Promise<object>;
  close(): Promise<void>;
}

export interface SdkTool {
  readonly name: string;
  readonly inputSchema: object;
}

export interface SdkResult {
  readonly isError?: boolean;
  readonly content: readonly {
    readonly type: string;
    readonly text?: string;
    readonly data?: string;
    readonly uri?: string;
  }[];
}

export interface SdkTransport {
  readonly pid: number | null;
}

const BIN = fileURLToPath(new URL('../../bin/showbackref.js', import.meta.url));

/** Why the client is not there; null where it is. */
export const NO_SDK: string | null = findSdk();

function findSdk(): string | null {
  try {
    createRequire(import.meta.url).resolve('@modelcontextprotocol/sdk/client/index.js');
    return null;
  } catch {
    return 'npm ci --ignore-scripts --prefix test/mcp installs the official client';
  }
}

/** A client that has started the server and greeted it. */
export async function connectSdk(
  args: readonly string[],
): Promise<{ readonly client: SdkClient; readonly transport: SdkTransport }> {
  const sdk = '@modelcontextprotocol/sdk/client';
  const { Client } = (await import(`${sdk}/index.js`)) as {
    readonly Client: new (info: object) => SdkClient;
  };
  const { StdioClientTransport } = (await import(`${sdk}/stdio.js`)) as {
    readonly StdioClientTransport: new (start: object) => SdkTransport;
  };
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [BIN, 'mcp', ...args],
    stderr: 'pipe',
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  return { client, transport };
}
