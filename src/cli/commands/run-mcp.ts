import { resolve } from 'node:path';
import { usage } from '../../errors.js';
import { FolderGuard } from '../../files/folder-guard.js';
import { toolVersion } from '../../report/about.js';
import { freeMemory } from '../../util/free-memory.js';
import type { RunCommand } from '../cli-command.js';

/** Of the memory that is free when the server starts, so much is for heaps. */
const MEMORY_SHARE = 0.5;

/** The command `mcp`: the tools for coding agents, over standard input and output. */
export const runMcp: RunCommand = async ({ sources, options }, { io }) => {
  const [first] = sources;
  if (first !== undefined) {
    throw usage(`"${first}" is not needed: the client names the heaps; leave it out`);
  }
  const { folder, allowLive, maxMemory, redact } = options;
  const guard = await FolderGuard.open(resolve(io.cwd, folder ?? '.'));
  const { serve } = await import('../../mcp/serve.js');
  const settings = {
    folder: guard.folder,
    isLiveAllowed: allowLive,
    mostBytes: maxMemory ?? Math.floor(freeMemory() * MEMORY_SHARE),
    redact,
    version: toolVersion(),
  };
  await serve(io.stdin, io.stdout, settings, io.signal);
  return 0;
};
