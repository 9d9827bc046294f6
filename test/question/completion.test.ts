import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../../src/question/completion.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

function writeScript(): string {
  const file = join(temporaryFolder(), 'completion');
  writeFileSync(file, completionScript());
  return file;
}

/** The words that bash offers after a line, the last word of which is being typed. */
function inBash(...words: readonly string[]): readonly string[] {
  const code = `
    source "$0"
    compopt() { :; }
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _showbackref_bash
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const argv = ['--norc', '-c', code, writeScript(), 'showbackref', ...words];
  return execFileSync('bash', argv, { encoding: 'utf8' }).trim().split('\n');
}

/** The words that zsh shows after a line and the Tab key, in a separate terminal. */
function inZsh(line: string): string {
  const code = `
    zmodload zsh/zpty
    zpty shell zsh -f -i
    send() { zpty -w shell "$1" }
    wait_for() {
      local chunk
      while zpty -r shell chunk; do
        all+=$chunk
        [[ $all == *$1* ]] && return
      done
    }
    send "PS1= ; autoload -Uz compinit; compinit -u -D; LISTMAX=1000; setopt no_list_beep no_beep auto_list"
    send "source $0; stty columns 200 rows 400; bindkey '^X' list-choices; echo rea''dy"
    wait_for ready
    all=
    zpty -w -n shell "$1"$'\\x18'
    sleep 0.2
    zpty -w -n shell $'\\x15'"echo do''ne"$'\\n'
    wait_for done
    zpty -d shell
    print -r -- "$all"`;
  return execFileSync('zsh', ['-f', '-c', code, writeScript(), line], {
    encoding: 'utf8',
    env: { ...process.env, TERM: 'dumb' },
    timeout: 40_000,
    killSignal: 'SIGKILL',
  });
}

describe.skipIf(!has('bash'))('in bash', () => {
  test.each([
    [['gr'], ['growth']],
    [['growth', '--ev'], ['--every']],
    [['--no-'], ['--no-to-roots', '--no-group', '--no-legend', '--no-source-maps']],
    [
      ['growth', 'a.heapsnapshot', '--sort', ''],
      ['count', 'size'],
    ],
    [['types', '--sort', 'r'], ['retained']],
    [
      ['x.js', '--format', 'p'],
      ['png', 'pdf'],
    ],
    [
      ['x.js', '--format', '=', 'p'],
      ['png', 'pdf'],
    ],
    [['mprof', 'run', 'x.js', '--format', 'd'], ['dat']],
    [['refs', '--to'], ['']],
    [['backrefs', '--depth', ''], ['']],
  ])('%o', (words, expected) => {
    expect(inBash(...words)).toEqual(expected);
  });

  test('an option is completed for the commands that have it', () => {
    expect(inBash('backrefs', '--')).toContain('--to-roots');
    expect(inBash('lprun', '--')).not.toContain('--to-roots');
  });
});

describe.skipIf(!has('zsh'))('in zsh', () => {
  test.each([
    ['showbackref ', ['growth', 'List what was added or removed', 'completion']],
    ['showbackref growth --', ['--every', '--fail-on', 'Time between two looks']],
    ['showbackref growth --sort ', ['count', 'size']],
    ['showbackref a.js --theme=', ['light', 'dark']],
  ])('%s', (line, expected) => {
    const shown = inZsh(line);
    for (const words of expected) expect(shown).toContain(words);
  });

  test('an option is completed for the commands that have it', () => {
    expect(inZsh('showbackref lprun --')).not.toContain('--to-roots');
  });
});

test('a shell can read it, whatever the words of an option', () => {
  const words = completionScript();
  expect(words).toContain("--page\tPick a browser's tab");
  for (const shell of ['bash', 'zsh'].filter(has)) {
    expect(spawnSync(shell, ['-n', writeScript()]).status).toBe(0);
  }
});
