import type { Remnant } from '../util/left-behind.js';
import type { ToolResult } from './tools/tool-result.js';
import type { RoomSettings } from './tools/tool-room.js';

/** The data with which the thread of the heaps is started. */
export type RoomData = RoomSettings;

/** To that thread. */
export type ToRoom =
  | {
      readonly kind: 'call';
      readonly tool: string;
      readonly given: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'cancel' };

/** From it. */
export type FromRoom =
  | { readonly kind: 'done'; readonly result: ToolResult }
  | { readonly kind: 'progress'; readonly words: string }
  | { readonly kind: 'remnant'; readonly remnant: Remnant; readonly isThere: boolean };
