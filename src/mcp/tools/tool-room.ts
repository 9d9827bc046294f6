import { PLAIN_WORK, type Work } from '../../answer/work.js';
import { ShowBackrefError } from '../../errors.js';
import { FolderGuard } from '../../files/folder-guard.js';
import type { RedactMode } from '../../redact/redactor.js';
import { cutLines } from '../../report/budget/cut-lines.js';
import { spell } from '../../util/sentence.js';
import { answerGrowth, answerLeaks } from './answer-moments.js';
import { answerInfo, answerTypes } from './answer-tables.js';
import { asData } from './answer-words.js';
import { answerGraphTool } from './graph-tool.js';
import { OpenHeaps } from './open-heaps.js';
import { readArguments } from './read-arguments.js';
import { LONGEST_TEXT, type Room, type ToolCall } from './tool-call.js';
import { type ToolResult, toolError } from './tool-result.js';
import { toolsOf, USUAL_BUDGET } from './tool-table.js';

/** How a server was started. Plain data. */
export interface RoomSettings {
  readonly folder: string;
  readonly isLiveAllowed: boolean;
  /** Bytes of memory for the heaps that stay open. */
  readonly mostBytes: number;
  readonly redact: RedactMode;
}

export interface CallContext {
  readonly signal: AbortSignal;
  readonly onProgress: (words: string) => void;
}

type AnswerTool = (call: ToolCall, room: Room) => Promise<ToolResult>;

const ANSWERS: Readonly<Record<string, AnswerTool>> = {
  leaks: answerLeaks,
  backrefs: answerGraphTool,
  chain: answerGraphTool,
  refs: answerGraphTool,
  cut: answerGraphTool,
  types: answerTypes,
  growth: answerGrowth,
  info: answerInfo,
};

/** Answers calls, one at a time; heaps stay open in it. */
export class ToolRoom {
  readonly #room: Room;
  readonly #isLiveAllowed: boolean;
  readonly #mostBytes: number;

  private constructor(room: Room, { isLiveAllowed, mostBytes }: RoomSettings) {
    this.#room = room;
    this.#isLiveAllowed = isLiveAllowed;
    this.#mostBytes = mostBytes;
  }

  /** @throws ShowBackrefError USAGE for a folder that is not one. */
  static async open(settings: RoomSettings): Promise<ToolRoom> {
    const { isLiveAllowed, mostBytes, redact } = settings;
    const rules = { guard: await FolderGuard.open(settings.folder), isLiveAllowed };
    const heaps = new OpenHeaps(rules, mostBytes);
    return new ToolRoom({ rules, heaps, redact }, settings);
  }

  /** Never rejects: what goes wrong is an answer in a sentence. */
  async call(
    name: string,
    given: Readonly<Record<string, unknown>>,
    { signal, onProgress }: CallContext,
  ): Promise<ToolResult> {
    const tools = toolsOf({ isLiveAllowed: this.#isLiveAllowed });
    const tool = tools.find((one) => one.name === name);
    const answer = ANSWERS[name];
    if (tool === undefined || answer === undefined) {
      return toolError(
        `there is no tool "${name}"; there are ${tools.map((one) => one.name).join(', ')}`,
      );
    }
    const warnings: string[] = [];
    const work: Work = {
      signal,
      progress: {
        reading: () => undefined,
        taking: () => undefined,
        stage: onProgress,
        warn: (sentence) => void warnings.push(spell(sentence, 'names')),
      },
      limits: { memory: this.#mostBytes },
      threads: PLAIN_WORK.threads,
    };
    try {
      const asked = readArguments(tool, given);
      const { budget = USUAL_BUDGET } = asked;
      return await answer({ tool: name, asked, budget, work, warnings }, this.#room);
    } catch (error) {
      return this.#failure(error);
    }
  }

  /** A message can quote text from a heap. */
  #failure(error: unknown): ToolResult {
    if (!(error instanceof ShowBackrefError)) {
      const { message = String(error) } = error as Error;
      return toolError(`this should not have happened: ${message.slice(0, LONGEST_TEXT)}`);
    }
    const { folder } = this.#room.rules.guard;
    const lines = error.inWords('names').map((line) => line.replaceAll(`${folder}/`, ''));
    const text = cutLines(lines.join('\n'), USUAL_BUDGET).trimEnd();
    return toolError(error.code === 'USAGE' ? text : asData(text));
  }
}
