import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect, test, vi } from 'vitest';
import { attachToProcess } from '../../src/source/process/pid-source.js';
import { listeningPorts, programFile, startProgram } from '../support/running-program.js';

/** What happens between finding out that the port is taken and doing something about it. */
const meanwhile = vi.hoisted(() => ({ happens: async () => {} }));
vi.mock('../../src/source/process/pid-port.js', async (original) => {
  const port = await original<typeof import('../../src/source/process/pid-port.js')>();
  return {
    ...port,
    async movePort(...wanted: Parameters<typeof port.movePort>) {
      await meanwhile.happens();
      return port.movePort(...wanted);
    },
  };
});

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

// what a process has open is read from /proc, its port from its memory
test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'an inspector that somebody else has had opened meanwhile is used, and left open',
  async () => {
    const { server, port } = await listen();
    const argv = [`--inspect-port=${port}`, programFile('live-waits.cjs')];
    const { pid } = await startProgram(process.execPath, argv);
    meanwhile.happens = async () => {
      server.close();
      await once(server, 'close');
      process.kill(pid, 'SIGUSR1');
      await vi.waitUntil(() => listeningPorts(pid).includes(port), { timeout: 30_000 });
    };
    const notes: string[] = [];
    const onNote = (sentence: string) => void notes.push(sentence);
    const live = await attachToProcess({ pid, worker: null, onNote });
    const { evaluated } = await live.look(['process.debugPort']);
    // as it was before
    expect(JSON.stringify(evaluated)).toContain(String(port));
    await live.close();
    expect(notes).toEqual([]);
    expect(listeningPorts(pid)).toEqual([port]);
  },
);
