import { displayFile } from '../../util/display-file.js';
import { entryFile } from '../../util/entry-file.js';
import { pathOf } from '../../util/path-of.js';
import type { MappedScriptText } from '../opened-source.js';
import type { InspectorEvents } from './inspector-protocol.js';
import type { InspectorSession } from './inspector-session.js';

export type ScriptParsed = InspectorEvents['Debugger.scriptParsed'];

/** Characters of all source maps that are kept; a development server may have loaded more. */
const MOST_MAP_TEXT = 128 * 1024 * 1024;
/** Characters of all scripts that are asked for because their maps have names. */
const MOST_SCRIPT_TEXT = 64 * 1024 * 1024;
const INLINE_MAP = /^data:application\/json/i;
/** Of a map, as it is or percent-encoded. */
const HAS_NAMES = /(?:"|%22)names(?:"|%22)\s*(?::|%3a)\s*(?:\[|%5b)\s*(?:"|%22)/i;

const HOLD_PROGRAM = entryFile('#hold-program');

/** The scripts that V8 tells of: what they are called, and the source maps that are in them. */
export class LoadedScripts {
  readonly urls = new Map<string, string>();
  readonly #session: InspectorSession;
  readonly #scripts = new Map<string, ScriptParsed>();
  readonly #mapped = new Map<string, ScriptParsed>();
  readonly #texts = new Map<string, string | null>();
  #mapRoom = MOST_MAP_TEXT;
  #textRoom = MOST_SCRIPT_TEXT;

  /** Before the debugger is enabled, which has V8 tell of all scripts there are. */
  constructor(session: InspectorSession) {
    this.#session = session;
  }

  /** @returns what ends it. */
  listen(): () => void {
    return this.#session.on('Debugger.scriptParsed', (script) => this.#add(script));
  }

  scriptOf(scriptId: string): ScriptParsed | undefined {
    return this.#scripts.get(scriptId);
  }

  /** Names of the program's own files, without those of installed packages. */
  ownFiles(): readonly string[] {
    const files = [...this.urls.values()].filter((url) => /^(?:file:|[/\\])/.test(url));
    const own = files.filter(
      (url) => !url.includes('/node_modules/') && pathOf(url) !== HOLD_PROGRAM,
    );
    return [...new Set(own.map((url) => displayFile(url)))];
  }

  /**
   * While the debugger is enabled. The texts come for names only, and a script may be gone again.
   *
   * @throws Error when the connection is lost.
   */
  async mapped(): Promise<readonly MappedScriptText[]> {
    return Promise.all(
      [...this.#mapped.values()].map(async ({ scriptId, url, endLine, sourceMapURL = '' }) => ({
        scriptId: Number(scriptId),
        url,
        lineCount: endLine + 1,
        mapUrl: sourceMapURL,
        text: await this.#textOf(scriptId, sourceMapURL),
      })),
    );
  }

  #add(script: ScriptParsed): void {
    const { scriptId, url, sourceMapURL = '' } = script;
    this.urls.set(scriptId, url);
    this.#scripts.set(scriptId, script);
    if (!INLINE_MAP.test(sourceMapURL) || this.#mapped.has(scriptId)) return;
    if (!Number.isSafeInteger(script.endLine) || sourceMapURL.length > this.#mapRoom) return;
    this.#mapRoom -= sourceMapURL.length;
    this.#mapped.set(scriptId, script);
  }

  async #textOf(scriptId: string, mapUrl: string): Promise<string | null> {
    const known = this.#texts.get(scriptId);
    if (known !== undefined) return known;
    const text = hasNames(mapUrl) && this.#textRoom > 0 ? await this.#ask(scriptId) : null;
    this.#textRoom -= text?.length ?? 0;
    this.#texts.set(scriptId, text);
    return text;
  }

  async #ask(scriptId: string): Promise<string | null> {
    const answer = await this.#session
      .send('Debugger.getScriptSource', { scriptId })
      .catch(() => null);
    return typeof answer?.scriptSource === 'string' ? answer.scriptSource : null;
  }
}

function hasNames(mapUrl: string): boolean {
  const comma = mapUrl.indexOf(',');
  const data = mapUrl.slice(comma + 1);
  const isPacked = /;base64$/i.test(mapUrl.slice(0, comma));
  return HAS_NAMES.test(isPacked ? Buffer.from(data, 'base64').toString('latin1') : data);
}
