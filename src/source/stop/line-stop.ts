import { pathToFileURL } from 'node:url';
import type { InspectorEvents } from '../inspector/inspector-protocol.js';
import { type InspectorSession, OBJECT_GROUP } from '../inspector/inspector-session.js';
import type { LoadedScripts, ScriptParsed } from '../inspector/loaded-scripts.js';

type PausedEvent = InspectorEvents['Debugger.paused'];

/** A line of a file, 1-based; `file` is any end of its path. */
export interface WantedLine {
  readonly file: string;
  readonly line: number;
}

/** Where the code of a line is in a script that was loaded with its source map, 0-based. */
export interface LineInScript {
  readonly lineNumber: number;
  readonly columnNumber: number;
  /** The line of the source that has code, 1-based: the one that was wanted, or the next. */
  readonly line: number;
}

/** Null where the map has no such source; `none` where it has, and no code on that line or after it. */
export type LineFinder = (
  script: { readonly url: string; readonly mapUrl: string; readonly lineCount: number },
  wanted: WantedLine,
) => Promise<LineInScript | 'none' | null>;

export interface LineStopOptions {
  readonly findLine?: LineFinder | undefined;
  /** Told what does not fit the line that was wanted. */
  readonly onNote?: ((sentence: string) => void) | undefined;
}

/** The function that stops the program before a CommonJS module is compiled. */
const COMPILE_STOP = 'showbackrefCompileStop';

/**
 * Stops before CommonJS modules that were compiled from a file of that name, which V8 does not do itself.
 * What is left of it in the program is taken away by `FORGET_COMPILE_STOP`.
 */
function stopWhenCompiling(file: string): string {
  const name = JSON.stringify(file.replace(/^.*[/\\]/s, ''));
  return `{
    const { Module } = require('node:module');
    const { _compile } = Module.prototype;
    const mark = 'sourceMappingURL=';
    const stop = function ${COMPILE_STOP}(file, map, lines) { debugger; };
    const compile = function (text, file, ...rest) {
      const at = String(text).lastIndexOf(mark + 'data:application/json');
      const map = at < 0 ? '' : text.slice(at + mark.length).trim();
      const data = map.slice(map.indexOf(',') + 1);
      const isMeant = at >= 0 && (file.endsWith(${name}) || Buffer.from(data, 'base64').includes(${name}));
      if (isMeant) stop(file, map, text.split('\\n').length);
      return Reflect.apply(_compile, this, [text, file, ...rest]);
    };
    Module.prototype._compile = compile;
    globalThis.${COMPILE_STOP} = () => {
      if (Module.prototype._compile === compile) Module.prototype._compile = _compile;
    };
  }\n//# sourceURL=node:showbackref`;
}

/** To be evaluated in the program when it is looked at. */
export const FORGET_COMPILE_STOP = `globalThis.${COMPILE_STOP}?.(); delete globalThis.${COMPILE_STOP};`;

/** Loaded files that are named where none is the one that was wanted. */
const MOST_NAMED = 5;

/**
 * Stops a program before a line. V8 looks for it in each script that is loaded; one that was compiled in memory
 * is held before it runs, so that the line can be looked up in its source map.
 */
export class LineStop {
  readonly #session: InspectorSession;
  readonly #scripts: LoadedScripts;
  readonly #wanted: WantedLine;
  readonly #options: LineStopOptions;
  readonly #pattern: string;
  /** Breakpoints in what was compiled in memory. */
  readonly #mapped = new Set<string>();
  /** URLs of scripts whose lines are not those of the file. */
  readonly #compiled = new Set<string>();
  #hasFile = false;

  constructor(
    session: InspectorSession,
    { scripts, wanted }: { readonly scripts: LoadedScripts; readonly wanted: WantedLine },
    options: LineStopOptions,
  ) {
    this.#session = session;
    this.#scripts = scripts;
    this.#wanted = wanted;
    this.#options = options;
    this.#pattern = `(^|[/\\\\])${escapeRegExp(wanted.file)}([?#].*)?$`;
  }

  /** Sent before the program is let go. */
  async prepare(): Promise<void> {
    const matches = new RegExp(this.#pattern);
    this.#session.on('Debugger.scriptParsed', (script) => {
      if (matches.test(script.url) && !hasInlineMap(script)) this.#found(script);
    });
    this.#session.on('Debugger.breakpointResolved', ({ breakpointId, location }) => {
      if (this.#mapped.has(breakpointId)) return;
      if (hasInlineMap(this.#scripts.scriptOf(location.scriptId))) return;
      this.#sayNearest(location.lineNumber + 1);
    });
    await Promise.all([
      this.#session.send('Debugger.setBreakpointByUrl', {
        ...{ urlRegex: this.#pattern, lineNumber: this.#wanted.line - 1 },
      }),
      this.#session.send('Debugger.setInstrumentationBreakpoint', {
        instrumentation: 'beforeScriptWithSourceMapExecution',
      }),
      this.#session.send('Runtime.evaluate', {
        expression: stopWhenCompiling(this.#wanted.file),
        ...{ includeCommandLineAPI: true, objectGroup: OBJECT_GROUP },
      }),
    ]);
  }

  /**
   * A script with a source map is about to run: an ES module.
   *
   * @returns null where the program is paused for another reason.
   */
  onPaused(event: PausedEvent): Promise<void> | null {
    const [frame] = event.callFrames;
    if (frame?.functionName === COMPILE_STOP) return this.#onCompiling(frame.callFrameId);
    return event.reason === 'instrumentation' ? this.#onLoaded(event) : null;
  }

  async #onLoaded({ data }: PausedEvent): Promise<void> {
    const scriptId = (data as { readonly scriptId?: unknown } | undefined)?.scriptId;
    const script = typeof scriptId === 'string' ? this.#scripts.scriptOf(scriptId) : undefined;
    if (script === undefined || !hasInlineMap(script)) return;
    const { url, endLine, sourceMapURL: mapUrl = '' } = script;
    const found = await this.#find({ url, mapUrl, lineCount: endLine + 1 });
    if (found === null) return;
    const location = { scriptId: script.scriptId, ...found };
    const { breakpointId } = await this.#session.send('Debugger.setBreakpoint', { location });
    this.#mapped.add(breakpointId);
  }

  /** A CommonJS module with a source map is about to be compiled. */
  async #onCompiling(callFrameId: string): Promise<void> {
    const { result } = await this.#session.send('Debugger.evaluateOnCallFrame', {
      ...{ callFrameId, expression: 'JSON.stringify([file, map, lines])', returnByValue: true },
    });
    const [file, mapUrl, lineCount] = JSON.parse(String(result.value)) as [string, string, number];
    const url = pathToFileURL(file).href;
    const found = await this.#find({ url, mapUrl, lineCount });
    if (found === null) return;
    const urlRegex = `^(?:${escapeRegExp(url)}|${escapeRegExp(file)})$`;
    const request = { urlRegex, ...found };
    const { breakpointId } = await this.#session.send('Debugger.setBreakpointByUrl', request);
    this.#mapped.add(breakpointId);
  }

  async #find(script: Parameters<LineFinder>[0]) {
    const found = (await this.#options.findLine?.(script, this.#wanted)) ?? null;
    const isNamed = new RegExp(this.#pattern).test(script.url);
    if (found === null) {
      if (isNamed) this.#hasFile = true;
      return null;
    }
    this.#hasFile = true;
    if (isNamed) this.#compiled.add(script.url);
    if (found === 'none') {
      this.#sayNone();
      return null;
    }
    const { line, lineNumber, columnNumber } = found;
    this.#sayNearest(line);
    return { lineNumber, columnNumber };
  }

  /** True if a pause is at the line, and not at one of that number in what was compiled. */
  isAt({ hitBreakpoints = [], callFrames }: PausedEvent): boolean {
    if (hitBreakpoints.some((id) => this.#mapped.has(id))) return true;
    const scriptId = callFrames[0]?.location.scriptId ?? '';
    // its id might not be known yet: the answer and the pause can come at once
    const isPlain = hitBreakpoints.some((id) => !this.#mapped.has(id));
    return isPlain && !this.#compiled.has(this.#scripts.urls.get(scriptId) ?? '');
  }

  /** The line that the program has not come to so far. */
  get waitsFor(): string {
    const { file, line } = this.#wanted;
    const isLoaded = this.#hasFile ? '' : ', of which no file has been loaded so far';
    return `${file}:${line}${isLoaded}`;
  }

  /** Why the program was not stopped before it ended. */
  missed(script: string): string {
    const { file, line } = this.#wanted;
    const ended = `${JSON.stringify(script)} ended without coming to ${file}:${line}`;
    if (this.#hasFile) return ended;
    const files = this.#scripts.ownFiles();
    const named = files.slice(0, MOST_NAMED).join(', ');
    const rest = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : '';
    return `${ended}, since no file of that name was loaded, only ${named}${rest}`;
  }

  #found({ endLine, endColumn }: ScriptParsed): void {
    this.#hasFile = true;
    const lines = endColumn === 0 ? endLine : endLine + 1;
    if (lines < this.#wanted.line) this.#sayShort(lines);
  }

  #sayNearest(line: number): void {
    this.#hasFile = true;
    const { file } = this.#wanted;
    if (line === this.#wanted.line) return;
    this.#options.onNote?.(
      `There is no code on line ${this.#wanted.line} of ${file}: looking before line ${line}, the nearest that has some.`,
    );
  }

  #sayNone(): void {
    const { file, line } = this.#wanted;
    this.#options.onNote?.(`There is no code on line ${line} of ${file} or after it.`);
  }

  #sayShort(lines: number): void {
    const { file, line } = this.#wanted;
    this.#options.onNote?.(`There is no line ${line} in ${file}: it has ${lines}.`);
  }
}

function hasInlineMap(script: ScriptParsed | undefined): boolean {
  return /^data:application\/json/i.test(script?.sourceMapURL ?? '');
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
