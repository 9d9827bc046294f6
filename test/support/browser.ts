import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endProgram } from './running-program.js';

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--disable-dev-shm-usage', '--remote-debugging-port=0'],
];
const POLL_MS = 50;

export interface Browser {
  /** The port of its inspector. */
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Starts a browser with a separate profile; its inspector answers when this resolves. */
export async function startBrowser(chromium: string, url = 'about:blank'): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'showbackref-browser-'));
  const argv = [...FLAGS, `--user-data-dir=${profile}`, url];
  const child = spawn(chromium, argv, { stdio: 'ignore', detached: true });
  const stop = async () => {
    await endProgram(child);
    endGroup(child.pid as number);
    await removeProfile(profile);
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the browser ended with code ${child.exitCode}`);
    const port = readPort(profile);
    if (port !== null && (await answers(port))) return { port, stop };
    await wait(POLL_MS);
  }
}

/** Waits until the browser has a page with this title, which a page may set when it is ready. */
export async function untilTitled(port: number, title: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const pages = (await answer.json()) as readonly { readonly title: string }[];
    if (pages.some((page) => page.title === title)) return;
    await wait(POLL_MS);
  }
}

/** The browser's other processes end without help, but not at once. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // they have gone
  }
}

/** Removes the profile; remaining processes still write for a moment. */
async function removeProfile(profile: string): Promise<void> {
  for (;;) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch {
      await wait(POLL_MS);
    }
  }
}

function readPort(profile: string): number | null {
  try {
    return Number(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

async function answers(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/version`).catch(() => null);
  return answer?.ok === true;
}
