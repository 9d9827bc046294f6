import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { saveSnapshot } from '../../src/files/save-snapshot.js';
import { writeWholeFile } from '../../src/files/write-whole-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

vi.mock('node:crypto', { spy: true });
vi.mock('node:fs/promises', { spy: true });
afterEach(() => void vi.resetAllMocks());

const PLACE = { shown: 'x', option: '--out' };
const write = (file: string, content = 'new') => writeWholeFile(file, content, PLACE);

async function* heap(end: Error | null = null) {
  yield Buffer.from('a heap');
  if (end !== null) throw end;
}

async function save(file: string, bytes: AsyncIterable<Uint8Array> = heap()): Promise<string> {
  let passed = '';
  for await (const chunk of saveSnapshot(bytes, file, PLACE)) passed += Buffer.from(chunk);
  return passed;
}

describe('the name of a file that is not finished', () => {
  it('is another one if something is in its place, which is left alone', async () => {
    const folder = temporaryFolder();
    const taken = Buffer.alloc(12, 0xab);
    const planted = join(folder, `.showbackref-${taken.toString('hex')}.tmp`);
    symlinkSync(join(folder, 'victim'), planted);
    vi.mocked(randomBytes)
      .mockImplementationOnce(() => taken)
      .mockImplementationOnce(() => taken);
    await write(join(folder, 'a.txt'));
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('new');
    expect(existsSync(join(folder, 'victim'))).toBe(false);
    expect(readlinkSync(planted)).toBe(join(folder, 'victim'));
  });

  it('is given up after some tries, in one sentence', async () => {
    const folder = temporaryFolder();
    const taken = Buffer.alloc(12, 0xab);
    writeFileSync(join(folder, `.showbackref-${taken.toString('hex')}.tmp`), 'planted');
    vi.mocked(randomBytes).mockImplementation(() => taken);
    await expect(write(join(folder, 'a.txt'))).rejects.toThrow('no name is free');
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('cleaning up', () => {
  it('never hides why it was needed', async () => {
    const folder = temporaryFolder();
    vi.mocked(files.rm).mockRejectedValue(new Error('second'));
    await expect(save(join(folder, 'a.heapsnapshot'), heap(new Error('first')))).rejects.toThrow(
      'first',
    );
    await expect(save(join(folder, 'a.heapsnapshot.gz'), heap(new Error('first')))).rejects.toThrow(
      'first',
    );
    vi.mocked(files.rename).mockRejectedValue(Object.assign(new Error(), { code: 'ENOSPC' }));
    await expect(write(join(folder, 'a.txt'))).rejects.toThrow('the disk is full');
  });

  it('leaves nothing of what was not finished', async () => {
    const folder = temporaryFolder();
    await expect(save(join(folder, 'a.heapsnapshot'), heap(new Error('first')))).rejects.toThrow();
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    const late = { ...PLACE, signal: controller.signal };
    await expect(writeWholeFile(join(folder, 'a.txt'), 'new', late)).rejects.toThrow('stopped');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a file that is there', () => {
  it('keeps its permissions; a heap is for its owner only whatever they are', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'a.txt');
    for (const mode of [0o600, 0o640, 0o666]) {
      writeFileSync(file, 'old');
      chmodSync(file, mode);
      await write(file);
      expect(statSync(file).mode & 0o777).toBe(mode);
      expect(await save(file)).toBe('a heap');
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });

  it('is replaced at the target of our own link, over several links, too', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'far'));
    writeFileSync(join(folder, 'far/a.txt'), 'old');
    symlinkSync('far', join(folder, 'near'));
    symlinkSync('../near/a.txt', join(folder, 'far/b.txt'));
    symlinkSync('near/b.txt', join(folder, 'c.txt'));
    await write(join(folder, 'c.txt'));
    expect(readFileSync(join(folder, 'far/a.txt'), 'utf8')).toBe('new');
    expect(readlinkSync(join(folder, 'c.txt'))).toBe('near/b.txt');
    expect(readdirSync(join(folder, 'far')).sort()).toEqual(['a.txt', 'b.txt']);
  });

  it('is created if a link leads to nothing, but no folder is', async () => {
    const folder = temporaryFolder();
    symlinkSync('a.txt', join(folder, 'b.txt'));
    symlinkSync('missing/a.txt', join(folder, 'c.txt'));
    await write(join(folder, 'b.txt'));
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('new');
    await expect(write(join(folder, 'c.txt'))).rejects.toThrow('a folder that is missing');
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
  });
});
