import type { Insertions } from './insertions.js';
import {
  type AnyNode,
  childrenOf,
  type FunctionSyntax,
  isFunction,
  type LinesAt,
} from './syntax.js';

/** A place where control reaches a line. */
export interface ProbePlace {
  readonly line: number;
  /** In the text without probes. */
  readonly offset: number;
}

/** The data needed to walk over the statements of one function. */
export interface ProberContext {
  readonly text: string;
  readonly insertions: Insertions;
  readonly lines: LinesAt;
  /** Name of the variable with the call's record. */
  readonly variable: string;
  /** Further arguments for calls of probes at the end of a line, or nothing. */
  readonly clearing: string;
  /** Lines that have a probe: one is enough. Shared with callbacks that begin on the same line. */
  readonly probed: Set<number>;
  readonly isAsync: boolean;
  /** The places where hits are counted; added to. */
  readonly places: ProbePlace[];
  readonly onFunction: (node: FunctionSyntax) => void;
}

type ForEach = Extract<AnyNode, { type: 'ForOfStatement' | 'ForInStatement' }>;
type Suspension = Extract<AnyNode, { type: 'AwaitExpression' | 'YieldExpression' }>;

/** Statements that run nothing themselves, or whose headers contain probes. */
const NO_PROBE: ReadonlySet<string> = new Set([
  ...['BlockStatement', 'EmptyStatement', 'FunctionDeclaration'],
  ...['WhileStatement', 'DoWhileStatement', 'ForOfStatement', 'ForInStatement'],
]);

const NO_BRACES: ReadonlySet<string> = new Set(['EmptyStatement', 'FunctionDeclaration']);

const BLANKS = String.raw`(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n\r\u2028\u2029]*)*`;

/**
 * Puts probes into one function: before the first statement of each line, into each test of a loop
 * (one hit per test, as Python's memory_profiler counts), and around whatever suspends the
 * function.
 */
export class Prober {
  readonly #context: ProberContext;

  constructor(context: ProberContext) {
    this.#context = context;
  }

  visitStatements(statements: readonly AnyNode[]): void {
    for (const statement of statements) {
      this.#insert(statement.start, this.#probeOf(statement));
      this.visit(statement);
    }
  }

  visit(node: AnyNode): void {
    if (isFunction(node)) this.#context.onFunction(node);
    else if (!this.#visitControl(node)) for (const child of childrenOf(node)) this.visit(child);
  }

  /** @returns whether the node has special places for probes. */
  #visitControl(node: AnyNode): boolean {
    switch (node.type) {
      case 'BlockStatement':
        this.visitStatements(node.body);
        break;
      case 'SwitchCase':
        if (node.test) this.visit(node.test);
        this.visitStatements(node.consequent);
        break;
      case 'IfStatement':
        this.#visitIf(node);
        break;
      case 'WhileStatement':
        this.#visitTest(node.test, this.#lineOf(node));
        this.#visitBody(node.body);
        break;
      case 'DoWhileStatement':
        this.#claim(this.#lineOf(node.test));
        this.#visitBody(node.body);
        this.#visitTest(node.test, this.#lineOf(node.test));
        break;
      case 'ForStatement':
        this.#visitFor(node);
        break;
      case 'ForOfStatement':
      case 'ForInStatement':
        this.#visitForEach(node);
        break;
      case 'AwaitExpression':
      case 'YieldExpression':
        this.#visitSuspension(node);
        break;
      case 'ContinueStatement':
        this.#insert(node.start, this.#clear('{', ';'));
        this.#insert(node.end, this.#context.clearing && '}');
        break;
      default:
        return false;
    }
    return true;
  }

  /** The text to put before a statement: a hit of its line, if it is the first there. */
  #probeOf(statement: AnyNode): string {
    const inner = withoutLabels(statement);
    const line = this.#lineOf(inner);
    // its tests are the hits; the code before the first of them is only timed
    if (inner.type === 'ForStatement') return `${this.#move(line)};`;
    if (NO_PROBE.has(inner.type) || 'directive' in inner) return '';
    return this.#claim(line) ? `${this.#hit(line, inner.start)};` : '';
  }

  /**
   * Visits a body that may be a single statement, which gets braces when it gets a probe.
   *
   * @param isTurn whether the next turn is counted outside of the function.
   */
  #visitBody(body: AnyNode, isTurn = false): void {
    const isBare = body.type !== 'BlockStatement' && !NO_BRACES.has(body.type);
    const probe = isBare ? this.#probeOf(body) : '';
    this.#insert(body.start, probe === '' ? '' : `{${probe}`);
    this.visit(body);
    const end = body.type === 'BlockStatement' ? body.body.at(-1)?.end : body.end;
    if (isTurn && (probe !== '' || !isBare) && end !== undefined)
      this.#insert(end, this.#clear(';'));
    this.#insert(body.end, probe === '' ? '' : '}');
  }

  #visitIf({ test, consequent, alternate }: Extract<AnyNode, { type: 'IfStatement' }>): void {
    this.visit(test);
    this.#visitBody(consequent);
    if (alternate?.type === 'IfStatement') this.#visitElseIf(alternate);
    else if (alternate) this.#visitBody(alternate);
  }

  /** Visits an `else if`: there is no place before it for a probe, so it goes into the test. */
  #visitElseIf(node: Extract<AnyNode, { type: 'IfStatement' }>): void {
    const isFirst = this.#claim(this.#lineOf(node));
    const { start } = node.test;
    if (isFirst) this.#insert(start, `${this.#hit(this.#lineOf(node), start)}&&(`);
    this.#visitIf(node);
    if (isFirst) this.#insert(node.test.end, ')');
  }

  #visitTest(test: AnyNode, line: number): void {
    this.#claim(line);
    this.#insert(test.start, `${this.#hit(line, test.start)}&&(`);
    this.visit(test);
    this.#insert(test.end, ')');
  }

  #visitFor(node: Extract<AnyNode, { type: 'ForStatement' }>): void {
    const line = this.#lineOf(node);
    if (node.init) this.visit(node.init);
    if (node.test) this.#visitTest(node.test, line);
    else this.#insert(this.#testPlace(node), this.#hit(line, node.body.start));
    this.#claim(line);
    if (node.update) {
      this.#insert(node.update.start, `${this.#move(line)}&&(`);
      this.visit(node.update);
      this.#insert(node.update.end, ')');
    }
    this.#visitBody(node.body);
  }

  /** The position after the first semicolon of `for (;;)`. */
  #testPlace({ start, init }: Extract<AnyNode, { type: 'ForStatement' }>): number {
    const before = init ? '' : String.raw`for${BLANKS}\(`;
    // a test in parentheses ends after its node
    return this.#endOf(String.raw`${before}[)\s]*${BLANKS};`, init ? init.end : start);
  }

  #visitForEach(node: ForEach): void {
    const line = this.#lineOf(node);
    this.#claim(line);
    const turns = this.#turnsOf(node);
    this.visit(node.left);
    const count = this.#hit(line, node.left.start);
    const turnsCall = turns === null ? `${count}&&(` : this.#call(`${turns}(${line},(`);
    this.#insert(node.right.start, turnsCall);
    this.visit(node.right);
    this.#insert(node.right.end, turns === null ? ')' : '))');
    this.#visitBody(node.body, true);
  }

  /** The call that counts the turns; `in` becomes `of`. Null if only the header can be counted. */
  #turnsOf(node: ForEach): 'each' | 'eachAsync' | 'keys' | null {
    if (node.type === 'ForOfStatement') return node.await ? 'eachAsync' : 'each';
    const { left } = node;
    // `for (var a = 1 in b)`, `for (let in b)` and `for (async in b)` cannot be written with `of`
    if (left.type === 'VariableDeclaration' && left.declarations.some(({ init }) => init))
      return null;
    if (left.type === 'Identifier' && /^(let|async)$/.test(left.name)) return null;
    const end = this.#endOf(String.raw`[)\s]*${BLANKS}in(?!\w)`, left.end);
    this.#context.insertions.replace(end - 2, 2, 'of');
    return 'keys';
  }

  #visitSuspension(node: Suspension): void {
    const { argument } = node;
    this.#insert(node.start, this.#call('resume('));
    if (argument) {
      this.#insert(argument.start, this.#call(`${this.#pauseOf(node)}((`));
      this.visit(argument);
      this.#insert(argument.end, `)${this.#context.clearing})`);
    } else this.#insert(node.end, ` ${this.#call(`pause(void 0${this.#context.clearing})`)}`);
    this.#insert(node.end, ')');
  }

  #pauseOf(node: Suspension): string {
    if (node.type === 'AwaitExpression' || !node.delegate) return 'pause';
    return this.#context.isAsync ? 'delegateAsync' : 'delegate';
  }

  /** The position at which a pattern ends that begins at a given one. */
  #endOf(pattern: string, from: number): number {
    const expression = new RegExp(pattern, 'y');
    expression.lastIndex = from;
    return expression.test(this.#context.text) ? expression.lastIndex : from;
  }

  /** @returns whether the line had no probe yet. */
  #claim(line: number): boolean {
    if (this.#context.probed.has(line)) return false;
    this.#context.probed.add(line);
    return true;
  }

  #hit(line: number, offset: number): string {
    this.#context.places.push({ line, offset });
    return this.#call(`at(${line}${this.#context.clearing})`);
  }

  #move(line: number): string {
    return this.#call(`move(${line}${this.#context.clearing})`);
  }

  /** Clears registers where no other probe follows. */
  #clear(before: string, after = ''): string {
    const { clearing } = this.#context;
    return clearing === '' ? '' : `${before}${this.#call(`clear(${clearing.slice(1)})`)}${after}`;
  }

  #call(words: string): string {
    return `${this.#context.variable}.${words}`;
  }

  #insert(at: number, text: string): void {
    if (text !== '') this.#context.insertions.add(at, text);
  }

  #lineOf(node: AnyNode): number {
    return this.#context.lines.at(node.start);
  }
}

function withoutLabels(node: AnyNode): AnyNode {
  return node.type === 'LabeledStatement' ? withoutLabels(node.body) : node;
}
