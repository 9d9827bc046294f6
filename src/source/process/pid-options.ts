/** The options by which a program opens its inspector. */
export interface InspectorOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** It was to be open from the start. */
  readonly isOpenFromStart: boolean;
  /** Its address is only written to its standard error. */
  readonly isAddressHidden: boolean;
}

const PORT_OPTION = /^--(?:inspect|inspect-brk|inspect-wait|inspect-port|debug-port)(?:=(.*))?$/;
const UID_OPTION = /^--inspect-publish-uid=(.*)$/;

/**
 * Reads the options of Node.js among `args`, which mix its own and its program's: the answer says
 * where to look first, not where the inspector is. Those of NODE_OPTIONS have lower priority.
 */
export function readInspectorOptions(
  args: readonly string[],
  nodeOptions: string,
): InspectorOptions {
  let [host, port] = ['127.0.0.1', 9229];
  let [isOpenFromStart, isAddressHidden] = [false, false];
  const words = [...nodeOptions.split(/\s+/), ...args];
  for (const [at, word] of words.entries()) {
    const [, places] = UID_OPTION.exec(word) ?? [];
    if (places !== undefined) isAddressHidden = !places.split(',').includes('http');
    const [option, joined] = PORT_OPTION.exec(word) ?? [];
    if (option === undefined) continue;
    if (!option.includes('-port')) isOpenFromStart = true;
    const value = joined ?? (option.includes('-port') ? words[at + 1] : undefined);
    const [, name, number] = /^(?:(.*?):)?(\d+)$/.exec(value ?? '') ?? [undefined, value];
    if (name) host = name.replace(/^\[(.*)\]$/, '$1');
    if (number !== undefined) port = Number(number);
  }
  return { host, port, isOpenFromStart, isAddressHidden };
}
