// Every picture of the documentation: the program, the question, what is kept of it to draw from, and the page it is on.

/** A real leak, drawn from its saved heap. */
function leak(name, ask, { extension = 'js', source } = {}) {
  const program = `examples/leaks/${name}.${extension}`;
  return {
    name,
    program,
    source: source ?? program,
    ask,
    kept: `test/fixtures/gallery/${name}.heapsnapshot.gz`,
    picture: `docs/images/gallery/${name}.png`,
    page: 'docs/gallery.md',
  };
}

/** Drawn from its answer: variables of paused code are known to a debugger only, no saved heap has them. */
function shape(name, target, fields = {}) {
  const program = `examples/compare/${name}.js`;
  return {
    name,
    program,
    source: program,
    ask: ['--target', target],
    kept: `test/fixtures/gallery/${name}.json`,
    picture: `docs/images/compare/${name}.png`,
    page: 'docs/compare.md',
    ...fields,
  };
}

const SEED = {
  program: 'examples/seed.js',
  source: 'examples/seed.js',
  // README's first screen too
  picture: 'docs/images/seed.png',
};

const LISTENER = leak('listener', ['--target', 'class:Session', '--retained']);

/** With a number at each thing that the page explains, in the page's order. */
const READING = {
  ...LISTENER,
  name: 'reading',
  picture: 'docs/images/reading.png',
  page: 'docs/reading.md',
  marks: [
    /^Session @\d+$/,
    /^ ?this$/,
    /^anonymous function/,
    /^listener.js:10/,
    /^ ?listener &quot;change/,
    /^104 B, retains/,
    /^ ?settings$/,
    /^module/,
    /^Session @\d+ is held/,
    /^What holds/,
    /^Red/,
  ],
};

export const PICTURES = [
  leak('closure-scope', ['--target', 'class:Report', '--retained']),
  LISTENER,
  READING,
  leak('timer', ['--target', 'class:Widget', '--retained']),
  leak('map-cache', ['--target', 'class:Thumbnail', '--largest', '--retained']),
  leak('promise-chain', ['--target', 'class:Upload', '--retained']),
  leak('detached-dom', ['--target', 'detached', '--retained'], {
    extension: 'html',
    source: '127.0.0.1:9222',
  }),
  shape('seed', 'x', SEED),
  shape('map', 'class:Session'),
  shape('closure', 'class:Report'),
  // that a child knows its parent cannot be why it lives: usually it has no arrow
  { ...shape('cycle', 'class:Child'), ask: ['--target', 'class:Child', '--everything'] },
  shape('method', 'class:Player'),
  shape('fan', 'centre'),
];
