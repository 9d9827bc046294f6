import { appendFileSync } from 'node:fs';
import { type Runtime, Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import { type NodeMemory, nodeLine, rssLine } from '../lines/memory/memory-log.js';
import type { SampleRequest } from '../lines/memory/sample-request.js';

/**
 * Runs beside the script, in its process: any thread can read the size of the process, but the heap
 * belongs to the main thread. That is asked through V8's inspector, which answers even between two
 * steps of a loop. While the main thread is in native code, the heap has no samples.
 */
const { file, every } = workerData as SampleRequest;
const session = new Session();
session.connectToMainThread();
let isAsking = false;
setInterval(look, every);
look();

function look(): void {
  appendFileSync(file, rssLine(process.memoryUsage.rss(), Date.now() / 1000));
  if (isAsking) return;
  isAsking = true;
  const question = { expression: 'process.memoryUsage()', returnByValue: true };
  session.post(
    'Runtime.evaluate',
    question,
    (error: Error | null, answer?: Runtime.EvaluateReturnType) => {
      isAsking = false;
      const memory = answer?.result.value as NodeMemory | undefined;
      if (error || memory === undefined) return;
      appendFileSync(file, nodeLine(memory, Date.now() / 1000));
    },
  );
}
