import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const REPORTER = new URL('./report-peak.js', import.meta.url).href;

/**
 * Runs a Node program as a whole process.
 *
 * @returns seconds of wall time and of processor time, mebibytes of peak memory, and its output.
 */
export async function runNode(args, { cwd = fileURLToPath(new URL('.', import.meta.url)) } = {}) {
  const begin = performance.now();
  const child = spawn(process.execPath, ['--import', REPORTER, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [stdout, stderr, report, [code, signal]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    textOf(child.stdio[3]),
    once(child, 'exit'),
  ]);
  const seconds = (performance.now() - begin) / 1000;
  if (code !== 0) {
    throw new Error(`${args.join(' ')} ended with ${code ?? signal}: ${stderr.slice(-300)}`);
  }
  return { seconds, ...JSON.parse(report), stdout, stderr };
}

async function textOf(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}
