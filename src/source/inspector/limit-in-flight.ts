/**
 * The most bytes on their way to a program. Node.js (20 to 26) reads 65,536 bytes at a time, and
 * takes a message whose last few bytes are in the next read for a whole one: it then writes beyond
 * its memory, which sooner or later ends it. Half of that is never cut in two, including the header
 * of each message.
 */
const MOST_BYTES = 32_768;
/**
 * The rest of a message besides its method and parameters: id, session, names, the WebSocket's
 * header.
 */
const AROUND_BYTES = 128;

interface Sender {
  send(method: string, params: object, sessionId?: string): Promise<unknown>;
}

/**
 * Delays commands, in order, while the unanswered ones before them are too large to be read at
 * once. A command that is larger alone is sent when nothing else is on its way.
 */
export function limitInFlight(sender: Sender): Sender['send'] {
  const waiting: { readonly bytes: number; readonly go: () => void }[] = [];
  let inFlight = 0;
  const isRoomFor = (bytes: number) => inFlight === 0 || inFlight + bytes <= MOST_BYTES;
  const enter = (bytes: number) => {
    inFlight += bytes;
  };
  const leave = (bytes: number) => {
    inFlight -= bytes;
    for (let next = waiting[0]; next !== undefined && isRoomFor(next.bytes); next = waiting[0]) {
      waiting.shift();
      enter(next.bytes);
      next.go();
    }
  };
  return async (method, params, sessionId) => {
    const bytes = Buffer.byteLength(method + JSON.stringify(params)) + AROUND_BYTES;
    if (waiting.length === 0 && isRoomFor(bytes)) {
      enter(bytes);
    } else {
      await new Promise<void>((go) => void waiting.push({ bytes, go }));
    }
    try {
      return await sender.send(method, params, sessionId);
    } finally {
      leave(bytes);
    }
  };
}
