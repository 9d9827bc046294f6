import { type SavedMoment, searchLeaks } from '../../answer/leaks/search-leaks.js';
import { compareMoments } from '../../answer/show-growth.js';
import { usage } from '../../errors.js';
import { Redactor } from '../../redact/redactor.js';
import type { NextStep } from '../../report/next/next-step.js';
import { classesNextStep } from '../../report/next/table-next-step.js';
import type { LeakRow } from '../../report/tables/leaks-report.js';
import type { Moment } from '../../source/opened-source.js';
import { nextWords, selectionOf, tableAnswer } from './answer-tables.js';
import { evidenceOf } from './answer-words.js';
import { eachMoment, findSource, isTree, roundsOf } from './heap-sources.js';
import { drawPictures, type Pictures } from './pictures.js';
import { LONGEST_TEXT, type Room, type ToolCall } from './tool-call.js';
import type { ToolResult } from './tool-result.js';

const USUAL_ROUNDS = 3;
const USUAL_SECONDS = 30;
/** Newest items of a suspect that are asked about next. */
const MOST_ITEMS = 3;

/** The tool `leaks`. */
export async function answerLeaks(call: ToolCall, room: Room): Promise<ToolResult> {
  const { asked, work } = call;
  const { moments, isLive, names } = await momentsOf(call, room);
  let bytes = 0;
  const reading = (read: number) => {
    bytes = read;
  };
  const { report, rows, drawings, document, heap } = await searchLeaks(
    {
      ...{ moments, isLive, saveTree: null, lastTyped: '', isKnownNamed: true },
      redactor: new Redactor(room.redact, LONGEST_TEXT),
      draw: asked.nth ?? 1,
      spelling: 'names',
    },
    { ...work, progress: { ...work.progress, reading } },
  );
  const last = await findSource(names.at(-1) ?? '', room.rules);
  const kept = room.heaps.keep(last, heap, bytes);
  const [drawing] = drawings.values();
  const title = `leaks-${asked.nth ?? 1}`;
  const drawn: Pictures =
    drawing === undefined
      ? { links: [], images: [], notes: [] }
      : await drawPictures(drawing, { guard: room.rules.guard, asked, title }, work);
  const step = leaksNextStep(rows[(asked.nth ?? 1) - 1]);
  const answer = await tableAnswer(report, call, {
    about: `leaks: ${rows.length === 0 ? 'no suspect' : `suspects: ${rows.length}`}`,
    evidence: evidenceOf(document.moments.length),
    after: [...drawn.notes, ...nextWords(step, kept.name, call)],
    links: drawn.links,
  });
  return { content: [...answer.content, ...drawn.images] };
}

/** The tool `growth`. */
export async function answerGrowth(call: ToolCall, room: Room): Promise<ToolResult> {
  const { asked, work } = call;
  const tree = asked.heaps?.find(isTree);
  if (tree !== undefined) throw usage(`"${tree}" is for leaks; growth compares heaps`);
  const { moments, names } = await momentsOf(call, room);
  const {
    report,
    listed,
    moments: seen,
  } = await compareMoments(
    {
      ...{ moments: heapsOf(moments), peak: false, draw: false, spelling: 'names' },
      sort: asked.sort === 'size' ? 'size' : 'count',
      selection: selectionOf(asked),
      redactor: new Redactor(room.redact, LONGEST_TEXT),
    },
    work,
  );
  const step = classesNextStep(listed.filter(({ delta }) => delta > 0));
  return tableAnswer(report, call, {
    about: 'growth',
    evidence: evidenceOf(seen.length),
    after: nextWords(step, names.at(-1) ?? '', call),
    links: [],
  });
}

interface AskedMoments {
  readonly moments: AsyncIterable<Moment | SavedMoment>;
  readonly isLive: boolean;
  readonly names: readonly string[];
}

async function* heapsOf(moments: AskedMoments['moments']): AsyncGenerator<Moment> {
  for await (const moment of moments) if ('source' in moment) yield moment;
}

async function momentsOf({ asked, work }: ToolCall, { rules }: Room): Promise<AskedMoments> {
  const { heaps: names = [], rounds = USUAL_ROUNDS, every = USUAL_SECONDS } = asked;
  const sources = [];
  for (const name of names) sources.push(await findSource(name, rules));
  const [first] = sources;
  const live = sources.find(({ kind }) => kind === 'live');
  if (live === undefined || first?.kind !== 'live') {
    if (live !== undefined) throw usage(`"${live.name}" is a running program; name it alone`);
    return { moments: eachMoment(names, rules, work), isLive: false, names };
  }
  if (names.length > 1) throw usage(`"${first.name}" is a running program; name it alone`);
  const plan = { count: rounds, everySeconds: every };
  return { moments: roundsOf(first.request, plan, work), isLive: true, names };
}

/** Who else holds the newest items: emptying one holder frees nothing while there is another. */
function leaksNextStep(row: LeakRow | undefined): NextStep | null {
  const ids = row?.items.ids.slice(0, MOST_ITEMS) ?? [];
  if (ids.length === 0) return null;
  return {
    command: 'backrefs',
    options: ids.map((id) => ['target', id] as const),
    why: 'who else holds the newest items?',
  };
}
