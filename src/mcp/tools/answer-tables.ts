import { listTypes } from '../../answer/list-types.js';
import { fittedTables } from '../../answer/write-tables.js';
import type { TextFilter } from '../../question/text-match.js';
import { filterOf } from '../../question/text-match.js';
import { Redactor } from '../../redact/redactor.js';
import { type NextStep, stepWords } from '../../report/next/next-step.js';
import { classesNextStep, INFO_NEXT_STEP } from '../../report/next/table-next-step.js';
import { toInfoReport } from '../../report/tables/info-report.js';
import { type TableReport, withMasked } from '../../report/tables/table.js';
import { toTypesReport } from '../../report/tables/types-report.js';
import { parseRegExp } from '../../util/parse-reg-exp.js';
import { type AnswerParts, answerText, evidenceOf, roomIn } from './answer-words.js';
import type { Arguments } from './read-arguments.js';
import { LONGEST_TEXT, type Room, type ToolCall } from './tool-call.js';
import type { ToolResult } from './tool-result.js';

const WIDTH = 100;
/** More rows say nothing more. */
const MOST_ROWS = 50;
const SAVED = /\.heap(?:snapshot|timeline)(?:\.gz|\.zst)?$/i;

/** The tool `types`. */
export async function answerTypes(call: ToolCall, room: Room): Promise<ToolResult> {
  const { asked, work } = call;
  const { heap, name } = await room.heaps.get(asked.heap ?? '', work);
  work.progress.stage('Counting');
  const redactor = new Redactor(room.redact, LONGEST_TEXT);
  const selection = selectionOf(asked);
  const selected = listTypes(heap.types(), { selection, redactor }, asked.sort ?? 'count');
  const report = withMasked(toTypesReport(selected), redactor);
  return tableAnswer(report, call, {
    about: `types of ${name}`,
    evidence: evidenceOf(1),
    after: nextWords(classesNextStep(selected.types), name, call),
    links: [],
  });
}

/** The tool `info`: one heap, or which there are. */
export async function answerInfo(call: ToolCall, room: Room): Promise<ToolResult> {
  const { asked, work } = call;
  if (asked.heap === undefined) return listHeaps(room);
  const { heap, name, bytes, isLive } = await room.heaps.get(asked.heap, work);
  const redactor = new Redactor(room.redact, LONGEST_TEXT);
  const info = heap.describe(redactor);
  const roots = info.roots.map((root) => ({ ...root, name: redactor.places(root.name) }));
  const origin = { kind: isLive ? 'process' : 'snapshot', producer: heap.producer, bytes };
  const report = withMasked(toInfoReport({ ...info, roots }, origin), redactor);
  return tableAnswer(report, call, {
    about: `info on ${name}`,
    evidence: evidenceOf(1),
    after: [...room.heaps.describe(), ...nextWords(INFO_NEXT_STEP, name, call)],
    links: [],
  });
}

/** Names of files may be anybody's, too. */
async function listHeaps({ rules, heaps }: Room): Promise<ToolResult> {
  const all = await rules.guard.list((name) => SAVED.test(name));
  const shown = all.slice(0, MOST_ROWS).map((name) => JSON.stringify(name));
  const more = all.length > shown.length ? `\nand ${all.length - shown.length} more` : '';
  const parts: AnswerParts = {
    about: `${all.length} heap snapshots in the folder`,
    evidence: 'names only, nothing was read',
    after: heaps.describe(),
    links: [],
  };
  const text = answerText(parts, shown.length === 0 ? 'none' : `${shown.join('\n')}${more}`);
  return { content: [{ type: 'text', text }] };
}

/** A report as an answer in so many tokens. */
export async function tableAnswer(
  report: TableReport,
  { budget, warnings }: ToolCall,
  given: AnswerParts,
): Promise<ToolResult> {
  const parts = { ...given, after: [...warnings, ...given.after] };
  const tokens = roomIn(parts, budget);
  const body = await fittedTables('txt', report, { tokens, width: WIDTH, spelling: 'names' });
  return { content: [{ type: 'text', text: answerText(parts, body) }, ...parts.links] };
}

export function nextWords(
  step: NextStep | null,
  heap: string,
  { budget }: Pick<ToolCall, 'budget'>,
): readonly string[] {
  return stepWords(step, { door: 'tools', source: heap, isLive: false, tokens: budget });
}

/** Which classes are listed. */
export function selectionOf({ filter, all = false, limit = MOST_ROWS }: Arguments) {
  return { filter: filter === undefined ? null : readFilter(filter), all, limit };
}

function readFilter(text: string): TextFilter {
  const expression = parseRegExp(text);
  return expression === null ? { text, expression: null } : filterOf(expression);
}
