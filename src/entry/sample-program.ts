import { appendFileSync } from 'node:fs';
import { isMainThread, Worker } from 'node:worker_threads';
import { nodeLine, peakLine, rssLine } from '../lines/memory/memory-log.js';
import { SAMPLE_VARIABLE, type SampleRequest } from '../lines/memory/sample-request.js';

/**
 * Loaded by Node.js into a script's process before the script (`--import`), not by showbackref:
 * starts a thread that samples the script's memory, and goes on while the script is busy.
 */
const text = process.env[SAMPLE_VARIABLE];
// Worker threads load this module, too, and so do processes that the script forks.
if (isMainThread && text !== undefined) start(JSON.parse(text) as SampleRequest);

function start(request: SampleRequest): void {
  delete process.env[SAMPLE_VARIABLE];
  sample(request);
  const thread = new Worker(new URL('./sampler-thread.js', import.meta.url), {
    workerData: request,
    // without this module
    execArgv: [],
  });
  thread.unref();
  // without a thread, there are only the samples of start and end
  thread.on('error', () => undefined);
  process.once('exit', () => {
    sample(request);
    appendFileSync(request.file, peakLine(process.resourceUsage().maxRSS * 1024));
  });
}

function sample({ file }: SampleRequest): void {
  const memory = process.memoryUsage();
  const time = Date.now() / 1000;
  appendFileSync(file, rssLine(memory.rss, time) + nodeLine(memory, time));
}
