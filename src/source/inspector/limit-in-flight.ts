/**
 * How much may be on its way to a program. Node.js (20 to 26) reads 65,536 bytes at a time, and takes a
 * message whose last few bytes are in the next read for a whole one: it then writes beyond its memory,
 * which ends it sooner or later. Half of that is never cut in two, header of each message included.
 */
const MOST_BYTES = 32_768;
/** What a message has around its method and parameters: id, session, names, the WebSocket's header. */
const AROUND_BYTES = 128;

interface Sender {
  send(method: string, params: object, sessionId?: string): Promise<unknown>;
}

/**
 * Has commands wait, in their order, while the unanswered ones before them are too many to be read at
 * once. One that is larger alone goes when nothing else is on its way.
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
