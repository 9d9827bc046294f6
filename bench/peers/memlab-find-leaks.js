// MemLab: find-leaks on three snapshots of one process. Arguments: BASELINE TARGET FINAL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import memlab from '@memlab/api';

const workDir = mkdtempSync(join(tmpdir(), 'memlab-'));
const leaks = await memlab.findLeaksBySnapshotFilePaths(...process.argv.slice(2, 5), {
  workDir,
  consoleMode: memlab.ConsoleMode?.SILENT,
});
rmSync(workDir, { recursive: true });
console.log(`${leaks.length} leaks`);
