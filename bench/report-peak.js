// Loaded before the measured program: says on file descriptor 3 how much memory its process had.
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.once('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
}
