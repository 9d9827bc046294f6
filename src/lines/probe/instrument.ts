import type { Measure } from '../meter/measure.js';
import { Insertions } from './insertions.js';
import { type ProbePlace, Prober } from './prober.js';
import {
  type AnyNode,
  type BlockStatement,
  childrenOf,
  type FunctionSyntax,
  isFunction,
  type LinesAt,
} from './syntax.js';

/** One function of a text that gets probes, including the functions inside it. */
export interface ProbedFunction {
  /** The id of the record that its probes write to. */
  readonly id: string;
  readonly node: FunctionSyntax;
  readonly lines: LinesAt;
}

export interface InstrumentedText {
  readonly text: string;
  readonly places: readonly ProbePlace[];
}

/** Also used by probe-registry.ts. */
const DOOR = 'globalThis[Symbol.for("showbackref.profile")]';
/**
 * Further arguments of probes, which nobody reads. V8's interpreter keeps the results of an
 * expression in its registers until they are overwritten, and until then no collection frees them;
 * arguments need registers, too, so these overwrite what the line before has left.
 */
const CLEARING = ',0'.repeat(24);

/**
 * Adds probes to some functions of a text. Every line keeps its number, and nothing is added to a
 * line that only closes a function: V8, comparing texts, would take it for the end of another one.
 */
export function instrument(
  text: string,
  functions: readonly ProbedFunction[],
  measure: Measure,
): InstrumentedText {
  const places: ProbePlace[] = [];
  const insertions = new Insertions();
  const variable = unusedName(text);
  const clearing = measure === 'live memory' ? CLEARING : '';
  for (const { id, node, lines } of functions) {
    new Instrumenter({ text, insertions, lines, variable, clearing, places, id }).open(node);
  }
  return { text: insertions.apply(text), places };
}

/** A name for the variable that holds a call's record within the function. */
function unusedName(text: string): string {
  let name = '$line';
  while (text.includes(name)) name = `$${name}`;
  return name;
}

interface Job {
  readonly text: string;
  readonly insertions: Insertions;
  readonly lines: LinesAt;
  readonly variable: string;
  readonly clearing: string;
  readonly places: ProbePlace[];
  readonly id: string;
}

class Instrumenter {
  readonly #job: Job;
  readonly #probed = new Set<number>();

  constructor(job: Job) {
    this.#job = job;
  }

  open(node: FunctionSyntax): void {
    if (node.body.type === 'BlockStatement') this.#openBlock(node, node.body, -1);
    else this.#openExpression(node);
  }

  /**
   * Opens a body. @param line the line charged with the time before the first probe, -1 for none.
   */
  #openBlock(node: FunctionSyntax, { body }: BlockStatement, line: number): void {
    const statements = body.filter((statement) => !('directive' in statement));
    const [first] = statements;
    const last = statements.at(-1);
    if (first === undefined || last === undefined) return;
    const { insertions, variable, clearing, id } = this.#job;
    const enter = `${DOOR}.enter(${JSON.stringify(id)},${line})`;
    insertions.add(first.start, `const ${variable}=${enter};try{`);
    this.#prober(node).visitStatements(statements);
    insertions.add(last.end, `}finally{${variable}.leave(${clearing.slice(1)})}`);
  }

  /**
   * Opens an arrow function such as `x => f(x)`: a call around the expression opens the record and
   * closes it.
   */
  #openExpression(node: FunctionSyntax): void {
    const { insertions, lines, variable, places, id } = this.#job;
    const [around, inner] = node.async ? ['aroundAsync', 'async '] : ['around', ''];
    const line = lines.at(node.body.start);
    const head = `${DOOR}.${around}(${JSON.stringify(id)},${inner}(${variable})=>`;
    insertions.add(node.body.start, `${head}(${variable}.at(${line}),(`);
    this.#probed.add(line);
    places.push({ line, offset: node.body.start });
    this.#prober(node).visit(node.body);
    insertions.add(node.body.end, ')))');
  }

  #prober({ async }: FunctionSyntax): Prober {
    const { id: _, ...job } = this.#job;
    return new Prober({
      ...job,
      probed: this.#probed,
      isAsync: async,
      onFunction: (inner) => this.#openInner(inner),
    });
  }

  /**
   * Opens an inner function. A callback over several lines has separate lines; one on a single line
   * is part of its statement.
   */
  #openInner(node: FunctionSyntax): void {
    const { lines } = this.#job;
    const start = lines.at(node.start);
    if (start === lines.at(node.end - 1)) return;
    if (node.body.type === 'BlockStatement') this.#openBlock(node, node.body, start);
    else this.#findInner(node.body);
  }

  #findInner(node: AnyNode): void {
    if (isFunction(node)) this.#openInner(node);
    else for (const child of childrenOf(node)) this.#findInner(child);
  }
}
