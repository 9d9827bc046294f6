/** The help about a command. */
interface Help<N extends string> {
  readonly name: N;
  /** The words after its name. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly words: string;
  /** Words to type after `showbackref`, and what they do. */
  readonly examples: readonly (readonly [string, string])[];
}

/** Every command; the first one is meant when no command is written. */
export const COMMANDS = named([
  {
    name: 'backrefs',
    usage: '[source] [options] [-- script arguments]',
    words: 'Draw who is holding an object, up to the GC roots',
    examples: [
      ['app.js --target x --out x.png', 'stop at "debugger;" and draw who holds x'],
      ['a.heapsnapshot --target class:Session --largest', 'the Session that retains most'],
      ['a.heapsnapshot --target @123 --out a.svg --out a.json', 'an object by its heap id'],
      ['pid:4711 --target class:Session --largest', 'in a process, which then goes on'],
      ['http://127.0.0.1:9222 --page shop --target detached', 'in a tab of Chrome'],
    ],
  },
  {
    name: 'refs',
    usage: '[source] [options] [-- script arguments]',
    words: 'Draw what an object holds',
    examples: [['refs a.heapsnapshot --target cache --depth 2', 'what is in the cache']],
  },
  {
    name: 'chain',
    usage: '[source] [options] [-- script arguments]',
    words: 'Draw the shortest way from a GC root to an object, or several',
    examples: [['chain a.heapsnapshot --target @123 --paths 3', 'three ways that share nothing']],
  },
  {
    name: 'types',
    usage: '[source] [options] [-- script arguments]',
    words: 'List the classes of a heap: how many objects, what they take and retain',
    examples: [
      ['types a.heapsnapshot --sort retained', 'what keeps most memory'],
      ['the classes that retain most memory', 'at its first "debugger;"'],
      ['types pid:4711 --strings', 'the texts that it holds more than once'],
      ["types a.heapsnapshot --fail-on 'Buffer>50MB'", 'a check for a test run'],
    ],
  },
  {
    name: 'growth',
    usage: '[source …] [options] [-- script arguments]',
    words: 'List what was added or removed between two or more moments',
    examples: [
      ['growth a.heapsnapshot b.heapsnapshot', 'two snapshots of one process, or of two'],
      ['growth app.js', 'from each "debugger;" to the next'],
      ['growth pid:4711 --every 10s --count 3', 'a process, three times'],
      ["growth a.heapsnapshot b.heapsnapshot --fail-on 'Session>100'", 'a check for a test run'],
    ],
  },
  {
    name: 'leaks',
    usage: '[source …] [options] [-- script arguments]',
    words: 'Name what holds more and more, without a target',
    examples: [
      ['leaks 1.heapsnapshot 2.heapsnapshot 3.heapsnapshot', 'three moments of one program'],
      ['leaks pid:4711 --every 30s', 'a process, up to five times: what grew each time'],
      ["leaks pid:4711 --between 'npm run load'", 'after each run of a command'],
      ['leaks app.js --call handle --times 50', 'call a function of a script in between'],
      ['leaks 1.heapsnapshot', 'what holds most, and what has ended and is still held'],
      ['leaks 1.heapsnapshot 2.heapsnapshot 3.heapsnapshot --out leak.png', 'and who holds it'],
      ['leaks *.heapsnapshot --fail-on leak', 'a check for a test run'],
    ],
  },
  {
    name: 'info',
    usage: '[source] [options]',
    words: 'Describe a snapshot: producer, counts, sizes, roots',
    examples: [['info a.heapsnapshot', 'who wrote it and what is in it']],
  },
  {
    name: 'capture',
    usage: '[source] --out FILE [options] [-- script arguments]',
    words: 'Save the heap of a live source, with all secrets in it, as .heapsnapshot[.gz]',
    examples: [
      ['capture pid:4711 --out app.heapsnapshot.gz', 'the heap of a process'],
      [
        "capture pid:4711 --count 3 --every 60s --out 'a-%d.heapsnapshot.gz'",
        'three for growth and leaks, whose objects keep their ids',
      ],
    ],
  },
  {
    name: 'ps',
    usage: '[options]',
    words: 'List the processes of Node.js that can be looked at',
    examples: [
      ['ps', 'their numbers, commands, memory, inspectors, parents and workers'],
      ['pid:app.js --target x', 'the one that runs app.js'],
    ],
  },
  {
    name: 'lprun',
    usage: 'SCRIPT --function NAME [options] [-- script arguments]',
    words: 'Run a script and show how often each line of a function ran, and how long',
    examples: [['lprun app.js -f primes', 'hits and time of each line of primes()']],
  },
  {
    name: 'mprun',
    usage: 'SCRIPT --function NAME [options] [-- script arguments]',
    words: 'Run a script and show how much memory each line of a function takes',
    examples: [['mprun app.js -f primes --live', 'what stays alive after each line']],
  },
  {
    name: 'mprof',
    usage: 'run SCRIPT | plot [FILE] [options] [-- script arguments]',
    words: 'Run a script and draw its memory over time: mprof run SCRIPT, mprof plot [FILE]',
    examples: [
      ['mprof run app.js', 'saves samples as mprofile_TIME.dat'],
      ['mprof plot --out memory.png', 'draws the newest of these files'],
      ['mprof run app.js --out memory.png -- --port 8080', 'both at once'],
    ],
  },
  {
    name: 'repl',
    usage: '[SCRIPT] [options] [-- script arguments]',
    words: 'Start a Node.js REPL with these commands, optionally after a script',
    examples: [
      ['repl', 'then .types, .growth, .backrefs x x.png, .lprun -f f f(1)'],
      ['repl app.js -- --port 8080', 'run it, then ask, its variables at hand'],
    ],
  },
  {
    name: 'completion',
    usage: '',
    words: 'Print a script that completes commands and options in bash and zsh',
    examples: [
      ['completion >> ~/.bashrc', 'or ~/.zshrc, after the line with compinit'],
      ['completion > /tmp/c && . /tmp/c', 'in this shell only'],
    ],
  },
  {
    name: 'skill',
    usage: '',
    words: 'Print instructions for a coding agent that looks for a memory leak (SKILL.md)',
    examples: [
      ['skill > .claude/skills/showbackref/SKILL.md', 'where your agent looks for its skills'],
    ],
  },
  {
    name: 'mcp',
    usage: '[options]',
    words:
      'Serve these questions to a coding agent, over standard input and output (docs/agents.md)',
    examples: [
      ['mcp --folder heaps', 'about the heap snapshots in that folder, and nothing else'],
      ['mcp --folder heaps --allow-live', 'and about running programs, pid:4711'],
    ],
  },
]);

export type CommandHelp = (typeof COMMANDS)[number];

export type CommandName = CommandHelp['name'];

/** Commands of later versions: listed so that they are not taken for files. */
export const PLANNED_COMMANDS: ReadonlySet<string> = new Set(['open', 'report']);

/** Keeps the names of the commands as types. */
function named<const N extends string>(commands: readonly Help<N>[]): readonly Help<N>[] {
  return commands;
}
