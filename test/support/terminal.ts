import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { declareMissing } from './declare-missing.js';

const SCRIPT = '/usr/bin/script';
const DEADLINE_MS = 60_000;
/** A session is a series of questions to a heap, on a machine that may be busy. */
const SESSION_MS = 300_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal is told
const ESCAPES = /\u001b\[[\d;?]*[A-Za-z]|\r/g;

/** The reason why there is no terminal; null if there is one. */
const missing = existsSync(SCRIPT) ? null : 'not installed: run apt-get install bsdutils';

/** Declares a test that needs a terminal; skipped with the reason, failing if `CI` is `true`. */
export function testTerminal(name: string, run: () => Promise<void>): void {
  if (missing === null) test(name, { timeout: SESSION_MS }, run);
  else declareMissing(name, missing);
}

/** A program in a separate terminal, with somebody who types. */
export class Terminal {
  readonly #child: ChildProcess;
  #text = '';
  #seen = 0;

  /** @param command for a shell. */
  constructor(command: string, cwd: string, env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(SCRIPT, ['-qfec', `stty cols 200; exec ${command}`, '/dev/null'], {
      cwd,
      env: { ...process.env, TERM: 'xterm', NODE_REPL_HISTORY: '', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text.replace(ESCAPES, '');
    });
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  /** Sends keys unchanged; Ctrl-C is `\u0003`. */
  press(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Waits for the next output that matches; returns the text up to its end. */
  async until(pattern: RegExp): Promise<string> {
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const match = pattern.exec(this.#text.slice(this.#seen));
      if (match !== null) {
        const end = this.#seen + match.index + match[0].length;
        const found = this.#text.slice(this.#seen, end);
        this.#seen = end;
        return found;
      }
      if (Date.now() > deadline) expect.fail(`no ${pattern} in:\n${this.#text.slice(this.#seen)}`);
      await wait(5);
    }
  }

  /** Waits for the program's end. */
  async end(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    return new Promise((resolve) => this.#child.once('exit', resolve));
  }

  /** Types a line and waits for the next prompt, or another answer; returns the output. */
  async type(line: string, prompt = /^(?:[a-z]*> )$/m): Promise<string> {
    this.press(`${line}\r`);
    await this.until(/\n/);
    return this.until(prompt);
  }
}
