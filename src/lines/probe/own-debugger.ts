import { type Debugger, type Runtime, Session } from 'node:inspector';

type Parameters = object | undefined;

/** A script of this program, as V8 reported it. */
export type OwnScript = Debugger.ScriptParsedEventDataType;

/** The position of a function in V8: line and column from 0. */
export interface FunctionPlace {
  readonly script: OwnScript;
  readonly line: number;
  readonly column: number;
  /** Kinds of the scopes around it: `Local`, `Closure`, `Module`, `Script`, `Global` … */
  readonly scopes: readonly string[];
}

/** The debugger of the current thread. It answers at once and never pauses unless told to. */
export class OwnDebugger {
  readonly #session = new Session();
  readonly #scripts = new Map<string, OwnScript>();

  constructor() {
    this.#session.connect();
    this.#session.on('Debugger.scriptParsed', ({ params }) => {
      this.#scripts.set(params.scriptId, params);
    });
    this.enable();
  }

  enable(): void {
    this.post('Debugger.enable');
    // a `debugger;` in the program must not stop it
    this.post('Debugger.setSkipAllPauses', { skip: true });
  }

  /** Disables it: until it is enabled again, V8 runs at full speed. */
  disable(): void {
    this.post('Debugger.disable');
  }

  post<T>(method: string, parameters?: Parameters): T {
    let answer: { readonly error: Error | null; readonly result: T } | null = null;
    this.#session.post(method, parameters ?? {}, (error: Error | null, result?: object) => {
      answer = { error, result: result as T };
    });
    const { error, result } = answer ?? {
      error: new Error(`${method} has no answer`),
      result: null,
    };
    if (error !== null) throw asError(error);
    return result as T;
  }

  /**
   * Finds the position of a function; null for native functions. Follows bound functions and
   * proxies to their targets.
   */
  locate(target: object): FunctionPlace | null {
    const found = this.#inspect(target);
    for (let next = found; next !== null; ) {
      const value = (name: string): Runtime.RemoteObject | undefined =>
        next?.find((property) => property.name === name)?.value;
      const place = value('[[FunctionLocation]]')?.value as Debugger.Location | undefined;
      if (place !== undefined) return this.#toPlace(place, value('[[Scopes]]'));
      const inner = value('[[TargetFunction]]') ?? value('[[Target]]');
      next = inner?.objectId === undefined ? null : this.#internals(inner.objectId);
    }
    return null;
  }

  sourceOf({ scriptId }: OwnScript): string {
    return this.post<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId })
      .scriptSource;
  }

  close(): void {
    this.#session.disconnect();
  }

  #inspect(target: object): readonly Runtime.InternalPropertyDescriptor[] | null {
    const key = Symbol.for('showbackref.located');
    Object.assign(globalThis, { [key]: target });
    try {
      const expression = 'globalThis[Symbol.for("showbackref.located")]';
      const answer = this.post<Runtime.EvaluateReturnType>('Runtime.evaluate', { expression });
      const { objectId } = answer.result;
      return objectId === undefined ? null : this.#internals(objectId);
    } finally {
      Reflect.deleteProperty(globalThis, key);
    }
  }

  #internals(objectId: string): readonly Runtime.InternalPropertyDescriptor[] {
    const query = { objectId, ownProperties: true };
    const answer = this.post<Runtime.GetPropertiesReturnType>('Runtime.getProperties', query);
    return answer.internalProperties ?? [];
  }

  #toPlace(
    { scriptId, lineNumber, columnNumber = 0 }: Debugger.Location,
    scopes: Runtime.RemoteObject | undefined,
  ): FunctionPlace | null {
    const script = this.#scripts.get(scriptId);
    if (script === undefined) return null;
    return { script, line: lineNumber, column: columnNumber, scopes: this.#namesOf(scopes) };
  }

  #namesOf(scopes: Runtime.RemoteObject | undefined): readonly string[] {
    if (scopes?.objectId === undefined) return [];
    const query = { objectId: scopes.objectId, ownProperties: true };
    const answer = this.post<Runtime.GetPropertiesReturnType>('Runtime.getProperties', query);
    return answer.result.flatMap(({ value }) => value?.description?.split(/[ (]/)[0] ?? []);
  }
}

/** An error made from the plain object that the inspector gives for one. */
function asError(error: object): Error {
  if (error instanceof Error) return error;
  return new Error(String((error as { message?: unknown }).message));
}
