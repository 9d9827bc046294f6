// TypeScript's language service, as an editor uses it: the file is edited, errors and completions are asked for.
const ts = require('typescript');
const { rounds } = require('../rounds.cjs');

const LIBRARY =
  'interface Array<T> { length: number; push(item: T): number } interface Boolean {} interface Function {} interface CallableFunction {} interface NewableFunction {} interface IArguments {} interface Number {} interface Object {} interface RegExp {} interface String { length: number }';
const files = new Map([
  ['/lib.d.ts', { version: 1, text: LIBRARY }],
  ['/shop.ts', { version: 1, text: 'export class Shop { orders: number[] = []; }' }],
  ['/main.ts', { version: 1, text: '' }],
]);
const service = ts.createLanguageService({
  getCompilationSettings: () => ({ noLib: true, strict: true, target: ts.ScriptTarget.ES2020 }),
  getScriptFileNames: () => [...files.keys()],
  getScriptVersion: (name) => String(files.get(name)?.version),
  getScriptSnapshot: (name) => {
    const file = files.get(name);
    return file && ts.ScriptSnapshot.fromString(file.text);
  },
  getCurrentDirectory: () => '/',
  getDefaultLibFileName: () => '/lib.d.ts',
  fileExists: (name) => files.has(name),
  readFile: (name) => files.get(name)?.text,
});

// V8 of Node.js 20 looks for the line of each function by reading the script from its start, which takes
// minutes for this one, unless it has made a table of lines: a stack makes it do so
try {
  ts.forEachChild(ts.createSourceFile('/a.ts', 'a;', ts.ScriptTarget.ES2020), () => {
    throw new Error('somewhere in typescript.js');
  });
} catch (error) {
  error.stack.toString();
}

rounds(
  (number) => {
    const text = `import { Shop } from './shop';\nconst shop = new Shop();\nshop.orders.push(${number % 7});\nshop.`;
    files.set('/main.ts', { version: number + 2, text });
    service.getSemanticDiagnostics('/main.ts');
    service.getCompletionsAtPosition('/main.ts', text.length, undefined);
  },
  { warm: 30, items: 30 },
);
