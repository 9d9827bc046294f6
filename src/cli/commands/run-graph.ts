import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { showGraph } from '../../answer/show-graph.js';
import { checkOutputs } from '../../answer/write-outputs.js';
import { usage } from '../../errors.js';
import {
  type GraphCommand,
  type GraphQuestion,
  toGraphQuestion,
} from '../../question/graph-question.js';
import { readFont } from '../../report/fonts.js';
import { outputFormats } from '../../report/formats.js';
import { option, say } from '../../util/sentence.js';
import { namedOutputs, STDOUT_TEXT, toFileName, usualFile } from '../answer-places.js';
import type { Asked, RunCommand, Session } from '../cli-command.js';
import { describeCommand } from '../describe-command.js';
import { readUserTemplate } from '../read-template.js';
import { sayOutput } from '../say-output.js';
import { onlySource, sourceRequest, tapOf } from '../source-request.js';
import { budgetOf } from './budget-of.js';

/** The commands that draw: `backrefs`, `refs` and `chain`. */
export const runGraph: RunCommand = async (asked, session) => {
  const { io, progress, work, place } = session;
  const source = onlySource(asked);
  const question = questionOf(asked, session);
  const { outputs } = question;
  await checkOutputs(outputs, outputFormats, place);
  const budget = budgetOf(asked, outputs);
  const template = await readUserTemplate(asked.options.template, outputs, io);
  await showGraph(
    {
      question: {
        ...question,
        extras: { command: describeCommand(asked), ...template, ...(budget && { budget }) },
      },
      source: await sourceRequest(source, asked, session),
      cwd: io.cwd,
      tap: tapOf(asked, io),
      to: { place, onWritten: sayOutput(progress) },
      onNotes: (notes) => {
        for (const note of notes) progress.say(note);
      },
    },
    work,
  );
  progress.sayTimes();
  return 0;
};

/** Makes the question. @throws ShowBackrefError USAGE. */
function questionOf(asked: Asked, session: Session): GraphQuestion {
  const { options } = asked;
  const command = asked.command as GraphCommand;
  const { target: targets } = options;
  if (targets.length === 0) {
    throw usage(
      say`no ${option('target')} given; name the object, for example ${option('target', 'x')}, ${option('target', '@123')} or ${option('target', 'class:Foo')}`,
    );
  }
  for (const folder of options.sourceMaps) checkFolder(folder, session.io.cwd);
  // reject a file that is not a font before reading the heap
  options.font.forEach(readFont);
  const named = namedOutputs(asked, session);
  const name = toFileName(targets.map(({ text }) => text));
  const usual = [STDOUT_TEXT, usualFile(`${command}-${name}`, session)];
  const outputs = named.length > 0 ? named : usual;
  return toGraphQuestion(options, {
    command,
    targets,
    outputs,
    cwd: session.io.cwd,
    spelling: 'flags',
  });
}

/** Checks a folder. @throws ShowBackrefError USAGE if it is not one. */
function checkFolder(folder: string | boolean, cwd: string): void {
  if (typeof folder === 'boolean') return;
  if (statSync(resolve(cwd, folder), { throwIfNoEntry: false })?.isDirectory()) return;
  throw usage(
    say`${option('sourceMaps')} "${folder}" is not a folder; name one that holds the scripts`,
  );
}
