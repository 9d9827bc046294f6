import type { Readable, Writable } from 'node:stream';
import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { leaveProgram } from './leave-program.js';
import { type OpenedInspector, openedInspector } from './opened-inspector.js';
import { Patience } from './patience.js';
import { MessageReader, RelayKind, writeMessage } from './relay-message.js';
import { RelayTarget } from './relay-target.js';

/** The longest part of a server's refusal that is shown. */
const LONGEST_REASON = 200;

/** The pipes to and from the tool. */
export interface ToolPipes {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Follows the requests of the tool at the other end of the pipes until it is done, or has gone;
 * then leaves the program as it was found.
 */
export class ToolService {
  readonly #pipes: ToolPipes;
  #inspector: OpenedInspector | null = null;
  #target: Promise<RelayTarget | null> = Promise.resolve(null);
  #connected: RelayTarget | null = null;
  #isLeaving = false;

  constructor(pipes: ToolPipes) {
    this.#pipes = pipes;
    const { input, output } = pipes;
    const reader = new MessageReader((kind, payload) => this.#receive(kind, payload));
    input.on('data', (piece: Buffer) => {
      if (!this.#isLeaving) reader.push(piece);
    });
    input.on('end', () => this.leave());
    input.on('error', () => this.leave());
    output.on('error', () => this.leave());
    // the tool is slow: stop reading until it has caught up
    output.on('drain', () => this.#connected?.resume());
  }

  /** Safe to call twice. */
  leave(): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    void this.#leave();
  }

  async #leave(): Promise<void> {
    const inspector = this.#inspector;
    const patience = new Patience(async () => (await inspector?.isStopped()) ?? false);
    // frames received meanwhile are discarded
    this.#connected?.resume();
    await patience.outlasts(this.#target);
    await leaveProgram({
      ...{ target: this.#connected, inspector, patience },
      report: (departure) => this.#tell(RelayKind.left, departure),
    });
    this.#pipes.input.destroy();
  }

  #receive(kind: RelayKind, payload: Buffer): void {
    const text = () => payload.toString();
    if (kind === RelayKind.frame) this.#connected?.forward(payload);
    else if (kind === RelayKind.watch) this.#inspector = openedInspector(JSON.parse(text()));
    else if (kind === RelayKind.unwatch) this.#inspector = null;
    else if (kind === RelayKind.connect) this.#target = this.#connect(text());
    else if (kind === RelayKind.hangUp) this.#connected?.hangUp();
    else if (kind === RelayKind.leave) this.leave();
  }

  async #connect(url: string): Promise<RelayTarget | null> {
    this.#inspector?.isAt(url);
    try {
      const target = await RelayTarget.open(url, (frame) => this.#pass(frame));
      this.#connected = target;
      void target.closed.then(() => this.#tell(RelayKind.closed));
      this.#tell(RelayKind.connected, String(target.localPort));
      return target;
    } catch (error) {
      const reason = showInvisible((error as Error).message.slice(0, 4 * LONGEST_REASON));
      this.#tell(RelayKind.refused, truncate(reason, LONGEST_REASON));
      return null;
    }
  }

  #pass(frame: Buffer): void {
    if (this.#isLeaving) return;
    if (!this.#tell(RelayKind.frame, frame)) this.#connected?.pause();
  }

  #tell(kind: RelayKind, payload: string | Uint8Array = ''): boolean {
    const { output } = this.#pipes;
    return output.writable ? writeMessage(output, kind, payload) : true;
  }
}
