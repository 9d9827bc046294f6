import type { Writable } from 'node:stream';

/*
 * The messages of a tool and its relay, sent over a pipe: a letter for the kind, the length as 32
 * bits, and as many bytes. Frames of the inspector are passed on unchanged, because those of a heap
 * are large.
 */

export const RelayKind = {
  /** From the tool: a process that is about to be asked to open its inspector, as JSON. */
  watch: 'W',
  /** From the tool: the inspector turned out to be open already. */
  unwatch: 'U',
  /** From the tool: the address of the WebSocket to connect to. */
  connect: 'C',
  /** From the tool: it needs nothing more. The end of the pipe means the same. */
  leave: 'E',
  /** From the tool: the other side violates the protocol; the connection may be ended at once. */
  hangUp: 'D',
  /** From the relay: it is connected; its own port, as text. */
  connected: 'O',
  /** From the relay: it cannot connect; the reason, as text. */
  refused: 'N',
  /** From the relay: the connection is gone. */
  closed: 'X',
  /** From the relay: it has left the program; the outcome, as a `Departure`. */
  left: 'L',
  /** Both ways: a message of the inspector protocol. */
  frame: 'F',
} as const;

export type RelayKind = (typeof RelayKind)[keyof typeof RelayKind];

/**
 * The fate of an inspector that was opened for us: `closed`; `in use` by others, and closed after
 * them; `not open` yet, and closed if it opens; closed `later`, because the process is busy or
 * stopped.
 */
export type Departure = 'closed' | 'in use' | 'not open' | 'later';

/** A process that was asked to open its inspector. */
export interface WatchedProcess {
  readonly pid: number;
  /** Distinguishes it from a later process with the same number; null if unknown. */
  readonly startedAt: number | null;
  /** The number by which the process knows itself. */
  readonly innerPid: number;
  /** The sockets on which it listened before it was asked: none of them is the inspector. */
  readonly skipped: readonly string[];
}

const HEAD_BYTES = 5;

/** Writes one message. @returns false if the reader is slow: see `stream.Writable`. */
export function writeMessage(
  stream: Writable,
  kind: RelayKind,
  payload: string | Uint8Array = '',
): boolean {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(kind, 'latin1');
  head.writeUInt32LE(bytes.length, 1);
  // one system call for both
  stream.cork();
  stream.write(head);
  const isRoom = stream.write(bytes);
  stream.uncork();
  return isRoom;
}

/** Reassembles messages from the pieces in which a pipe delivers them. */
export class MessageReader {
  readonly #onMessage: (kind: RelayKind, payload: Buffer) => void;
  #pieces: Buffer[] = [];
  #length = 0;
  /** The length of the current message, including its head; null until the head is complete. */
  #wanted: number | null = null;

  constructor(onMessage: (kind: RelayKind, payload: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    for (;;) {
      if (this.#wanted === null) {
        if (this.#length < HEAD_BYTES) return;
        this.#wanted = HEAD_BYTES + this.#joined().readUInt32LE(1);
      }
      if (this.#length < this.#wanted) return;
      const bytes = this.#joined();
      const message = bytes.subarray(0, this.#wanted);
      const rest = bytes.subarray(this.#wanted);
      this.#pieces = rest.length > 0 ? [rest] : [];
      this.#length = rest.length;
      this.#wanted = null;
      this.#onMessage(message.toString('latin1', 0, 1) as RelayKind, message.subarray(HEAD_BYTES));
    }
  }

  #joined(): Buffer {
    const [first] = this.#pieces;
    const joined = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces);
    this.#pieces = [joined];
    return joined;
  }
}
