import type { GraphAnswer } from '../../answer/collect-graph.js';
import { locateGraph, renderOutputs } from '../../answer/write-graph.js';
import { parseCut } from '../../question/cut-rule.js';
import type { GraphCommand } from '../../question/graph-question.js';
import { parseTarget } from '../../question/target.js';
import { walkDefaults } from '../../question/walk-options.js';
import { findFormat } from '../../report/formats.js';
import { graphNextStep } from '../../report/next/graph-next-step.js';
import { stepWords } from '../../report/next/next-step.js';
import { type AnswerParts, answerText, evidenceOf, roomIn } from './answer-words.js';
import type { OpenHeap } from './open-heaps.js';
import { drawPictures } from './pictures.js';
import { LONGEST_TEXT, type Room, type ToolCall } from './tool-call.js';
import type { ToolResult } from './tool-result.js';

const WIDTH = 100;
/** Nothing holds the target any more. */
const VERIFY =
  'Next: change the program so that it takes that reference away, take three new heaps with the same work in between, and call leaks on them.';
const LOOK = { legend: true, theme: 'light', fonts: [] } as const;

/** The tools that answer with a graph: `backrefs`, `chain`, `refs` and `cut`. */
export async function answerGraphTool(call: ToolCall, room: Room): Promise<ToolResult> {
  const { tool, asked, work } = call;
  const kept = await room.heaps.get(asked.heap ?? '', work);
  const answer = await ask(call, kept, room);
  const title = `${tool}-${(asked.target ?? []).join('-')}`;
  const drawn = await drawPictures(answer, { guard: room.rules.guard, asked, title }, work);
  const next = graphNextStep(answer.subgraph, { isLive: false });
  const asker = { door: 'tools', source: kept.name, isLive: false, tokens: call.budget } as const;
  const parts: AnswerParts = {
    about: `${tool} in ${kept.name}`,
    evidence: evidenceOf(1),
    after: [
      ...drawn.notes,
      ...takenWords(kept, asked.heap),
      ...(tool === 'cut' && next === null ? [VERIFY] : stepWords(next, asker)),
    ],
    links: drawn.links,
  };
  const body = await graphText(answer, roomIn(parts, call.budget));
  return {
    content: [{ type: 'text', text: answerText(parts, body) }, ...drawn.links, ...drawn.images],
  };
}

async function ask(
  { tool, asked, work }: ToolCall,
  { heap }: OpenHeap,
  { rules, redact }: Room,
): Promise<GraphAnswer> {
  const command = (tool === 'cut' ? 'backrefs' : tool) as GraphCommand;
  const { target = [], cut = [], nth = null, largest = false, all = false } = asked;
  const { depth, paths, fanIn, everything } = asked;
  work.progress.stage('Searching');
  const answer = heap.ask({
    command,
    targets: target.map(parseTarget),
    choice: { nth, largest, all, minSize: null, redact },
    walk: {
      ...walkDefaults(command),
      ...(depth !== undefined && { depth }),
      ...(paths !== undefined && { paths }),
      ...(fanIn !== undefined && { fanIn }),
      ...(everything !== undefined && { everything }),
      ...{ redact, longest: LONGEST_TEXT, spelling: 'names' },
    },
    cut: cut.map(parseCut),
    spelling: 'names',
    together: target.length > 1,
  });
  return locateGraph(answer, { sourceMaps: [] }, [rules.guard.folder]);
}

/** The text tree with its sentences in so many tokens. */
async function graphText({ subgraph, notes }: GraphAnswer, tokens: number): Promise<string> {
  const format = findFormat('txt');
  if (format === null) throw new Error('text is missing from the formats');
  const [text = ''] = await renderOutputs(subgraph, [{ file: null, format, width: WIDTH }], {
    ...LOOK,
    notes,
    spelling: 'names',
    budget: { tokens, asker: null },
  });
  return String(text);
}

/** How a heap of a live program is asked again. */
function takenWords({ name, isLive }: OpenHeap, asked: string | undefined): readonly string[] {
  return isLive && name !== asked
    ? [`Taken now and kept as "${name}": name that to ask it again.`]
    : [];
}
