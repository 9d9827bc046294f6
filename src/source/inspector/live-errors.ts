import { ShowBackrefError } from '../../errors.js';

/** How to start a program so that it can always be looked at. */
const START = 'start the program with --inspect=127.0.0.1:0';

export function nothingListens(address: string, cause: unknown): ShowBackrefError {
  const text = `nothing listens on "${address}"; start the program with --inspect=${address}, or name its process as pid:N`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

export function notAnswering(address: string, cause: unknown): ShowBackrefError {
  const text = `"${address}" does not answer; check the address, or try again when the program is less busy`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

export function hostNotFound(host: string, cause: unknown): ShowBackrefError {
  const text = `there is no host ${JSON.stringify(host)}; check the address`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

export function noInspector(address: string, cause?: unknown): ShowBackrefError {
  const text = `"${address}" is not an inspector; give the address that Node.js, Deno or Chrome prints as "listening on ws://…"`;
  return new ShowBackrefError('SOURCE_REFUSED', text, { cause });
}

/** `name` is a page or program that was listed or named but does not exist. */
export function cannotConnect(name: string, cause: unknown): ShowBackrefError {
  const reason = (cause as Error).message;
  const text = `cannot connect to ${JSON.stringify(name)}: ${reason}; check that the program or page is still there`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

export function webKitProtocol(name: string): ShowBackrefError {
  const text = `${JSON.stringify(name)} is Bun, whose inspector speaks WebKit's protocol; write Bun.generateHeapSnapshot("v8") to a file in it and name that`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function browserAddress(name: string, address: string): ShowBackrefError {
  const text = `"${name}" is the whole browser; name http://${address} to look at one of its pages`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

/** Its main thread is blocked: it answers no message of the protocol. */
export function isStuck(name: string): ShowBackrefError {
  const text = `${JSON.stringify(name)} does not answer its inspector: it is busy in native code or waits in a dialog; try again when it is not`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text);
}

export function connectionLost(name: string, cause: unknown): ShowBackrefError {
  const text = `the connection to ${JSON.stringify(name)} was lost while it was looked at; it may have ended, which taking a heap of this size can cause; free some memory and try again`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

export function cannotLook(name: string, cause: unknown): ShowBackrefError {
  // answers that lack what every engine sends
  const reason =
    cause instanceof TypeError ? 'its answers make no sense' : (cause as Error).message;
  const text = `cannot look into ${JSON.stringify(name)}: ${reason}; check that it is Node.js, Deno or Chrome`;
  return new ShowBackrefError('SOURCE_REFUSED', text, { cause });
}

export function liveInterrupted(name: string): ShowBackrefError {
  return new ShowBackrefError('INTERRUPTED', `interrupted: ${JSON.stringify(name)} runs on`);
}

export function noProcess(pid: number): ShowBackrefError {
  const text = `there is no process ${pid}; find the number with ps or pgrep -a node`;
  return new ShowBackrefError('SOURCE_NOT_FOUND', text);
}

export function noPermission(pid: number, cause: unknown): ShowBackrefError {
  const text = `no permission to look at process ${pid}; run showbackref as its owner or as root`;
  return new ShowBackrefError('SOURCE_REFUSED', text, { cause });
}

export function isNotNode(pid: number, program: string): ShowBackrefError {
  const text = `process ${pid} is ${JSON.stringify(program)} and not Node.js, so it was left alone; find the number with pgrep -a node`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function isBun(pid: number): ShowBackrefError {
  const text = `process ${pid} is Bun, which SIGUSR1 would end; write Bun.generateHeapSnapshot("v8") to a file in it and name that`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function isInOtherNetwork(pid: number): ShowBackrefError {
  const text = `process ${pid} has its own network, a container's for example; run showbackref inside it`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function signalIsOff(pid: number): ShowBackrefError {
  const text = `process ${pid} was started with --disable-sigusr1, so its inspector cannot be opened; start it without that, or with --inspect=127.0.0.1:0`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function signalIsDeadly(pid: number): ShowBackrefError {
  const text = `process ${pid} would be ended by SIGUSR1, so none was sent; try again when it has started, or ${START} and give the address it prints`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function addressIsHidden(pid: number): ShowBackrefError {
  const text = `process ${pid} was started with --inspect-publish-uid=stderr; give the address ws://… that it printed`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function noInspectorOpened(pid: number): ShowBackrefError {
  const text = `process ${pid} took SIGUSR1 and opened no inspector: it handles that signal itself or is busy in native code; ${START} and give the address it prints`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function processStopped(pid: number): ShowBackrefError {
  const text = `process ${pid} is stopped, so it opens no inspector; let it run on with kill -CONT ${pid} and try again`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function relayFailed(name: string, cause: unknown): ShowBackrefError {
  const reason = (cause as Error).message;
  const text = `cannot look at ${JSON.stringify(name)}: the process that keeps the connection to it cannot be started (${reason}); check that ${process.execPath} may start processes`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

export function inspectorWasClosed(pid: number, cause: unknown): ShowBackrefError {
  const text = `the inspector of process ${pid} was closed by someone else while it was looked at, and the process runs on; try again`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

/** `holder`: the process that has it, such as `process 7 (node)`. */
export function portIsTaken(pid: number, address: string, holder: string): ShowBackrefError {
  const text = `process ${pid} cannot open its inspector, because ${holder} has ${address}; close that one, or start the program with --inspect-port=0`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

export function processEnded(pid: number, cause?: unknown): ShowBackrefError {
  const text = `process ${pid} ended while it was looked at, which taking a heap can cause where memory is short; free some and try again`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}
