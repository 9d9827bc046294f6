// A prompt of a program's own, an ES module.
import repl from 'node:repl';
import 'showbackref/repl';

repl.start({ prompt: 'own> ', useGlobal: true });
