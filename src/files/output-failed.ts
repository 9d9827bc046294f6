import { ShowBackrefError } from '../errors.js';
import { option as nameOption, say } from '../util/sentence.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'it would be larger than a file may be',
  ENOTDIR: 'part of its path is not a folder',
  EEXIST: 'part of its path is not a folder',
  ENAMETOOLONG: 'its name is too long',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder cannot be made',
  ELOOP: 'its links lead in a circle',
  EBUSY: 'it is in use',
  EBADF: 'it is not open for writing',
  ENXIO: 'nothing there accepts data',
};

/**
 * An error of one sentence on why a file cannot be written. `option` is the name of the option that
 * names another file.
 */
export function outputFailed(path: string, error: unknown, option = 'out'): ShowBackrefError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = (code !== undefined && REASONS[code]) || message;
  const text = say`cannot write "${path}": ${reason}; choose another ${nameOption(option)}`;
  return new ShowBackrefError('OUTPUT_FAILED', text, { cause: error });
}
