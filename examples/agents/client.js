// The smallest client of an MCP server: a program that is started, and a line of JSON for each message.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export class Client {
  #server;
  #waiting = new Map();
  #last = 0;

  /** Starts the server, such as `npx showbackref mcp --folder heaps`. */
  constructor([command, ...args]) {
    this.#server = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#server.stdout }).on('line', (line) => this.#hear(line));
  }

  async connect() {
    const clientInfo = { name: 'example', version: '1.0.0' };
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
    const { instructions } = await this.request('initialize', hello);
    this.#send({ method: 'notifications/initialized' });
    return instructions;
  }

  call(name, args) {
    return this.request('tools/call', { name, arguments: args });
  }

  request(method, params = {}) {
    this.#last += 1;
    const id = this.#last;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** The server ends when its input does. */
  close() {
    this.#server.stdin.end();
    return new Promise((resolve) => this.#server.once('exit', resolve));
  }

  #send(message) {
    this.#server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  #hear(line) {
    const { id, result, error } = JSON.parse(line);
    const { resolve, reject } = this.#waiting.get(id) ?? {};
    this.#waiting.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  }
}
