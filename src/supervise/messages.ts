import type { Remnant } from '../util/left-behind.js';

/** Indexes of the numbers that both threads see. */
export const Slot = {
  /** 1 while the next Ctrl-C is a request to look now. */
  armed: 0,
  /** Grows while the command's thread can still take messages, once it was asked to stop. */
  beats: 1,
} as const;
export const SLOTS = Object.keys(Slot).length;

export type StreamName = 'stdout' | 'stderr';

/** The data with which the command's thread is started. */
export interface CommandData {
  readonly argv: readonly string[];
  /** Size of the heap on the command line; 0 if it names none. */
  readonly bytes: number;
  /** The width of standard output; undefined if it is not a terminal and COLUMNS is not set. */
  readonly columns: number | undefined;
  readonly isTerminal: Readonly<Record<StreamName, boolean>>;
  readonly slots: SharedArrayBuffer;
}

/** A message from the command's thread. */
export type CommandMessage =
  | { readonly kind: 'write'; readonly to: StreamName; readonly bytes: Uint8Array }
  | { readonly kind: 'remnant'; readonly remnant: Remnant; readonly isThere: boolean }
  | { readonly kind: 'done'; readonly code: number };

/** A message to the command's thread. */
export type SupervisorMessage =
  /** The oldest write to that stream is done; with the error's code and message if it failed. */
  | {
      readonly kind: 'written';
      readonly to: StreamName;
      readonly failure: { readonly code: string | undefined; readonly message: string } | null;
    }
  /** A signal was received. */
  | { readonly kind: 'stop' }
  /** The allowed time is over; the command notices that itself unless it computes. */
  | { readonly kind: 'late' }
  | { readonly kind: 'look' };
