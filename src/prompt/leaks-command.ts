import { tableText } from '../answer/write-tables.js';
import { usage } from '../errors.js';
import { lookForLeaks } from '../program/leak-calls.js';
import { streamColumns } from '../report/stream-columns.js';
import { inOwnTurn } from './own-turn.js';
import type { TypedCommand } from './prompt-command.js';

/** `.leaks`: shows what holds more than at each earlier `.leaks`; the first one is the start. */
export async function runLeaksLine({ server, text }: TypedCommand): Promise<void> {
  if (text.trim() !== '') {
    throw usage(`.leaks takes no argument such as "${text}": it compares with each earlier .leaks`);
  }
  const { report, isFirst } = await inOwnTurn(() => lookForLeaks(server));
  if (isFirst) {
    server.output.write('This is the start; .leaks again, after some work, names what grows.\n');
    return;
  }
  server.output.write(tableText('txt', report, { width: streamColumns(server.output) }));
}
