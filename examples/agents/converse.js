// One conversation: from "memory grows" to the mended program, with nothing but calls to the tools.
// FOLDER has three heap snapshots of examples/leaking-server, before-1 to before-3, and three of it mended.
import { Client } from './client.js';

const [folder = 'heaps', ...server] = process.argv.slice(2);
const command = server.length > 0 ? server : ['npx', 'showbackref', 'mcp'];
const client = new Client([...command, '--folder', folder]);

const heaps = (when) => [1, 2, 3].map((number) => `${when}-${number}.heapsnapshot`);

let questions = 0;

say(`## What the agent reads first\n\n${await client.connect()}`);
const { tools } = await client.request('tools/list');
say(tools.map((tool) => `* ${JSON.stringify(tool)}`).join('\n'));
const leaks = await ask('leaks', { heaps: heaps('before') });
const backrefs = await follow(leaks);
await follow(backrefs);
say(
  'The agent reads server.js: `tellChanges` adds a listener that is never taken off. It proposes one line:',
);
say("```js\nresponse.on('close', () => orders.off('change', tell));\n```");
say('The server is started again with that line, and three new heaps are taken.');
await ask('leaks', { heaps: heaps('after') });
await client.close();

/** Asks what the last answer proposes. */
function follow(answer) {
  const [, tool, args] = /^Next: (\w+) (\{.*\}) \(/m.exec(answer) ?? [];
  return ask(tool, JSON.parse(args));
}

async function ask(tool, args) {
  questions += 1;
  say(`## ${questions}. ${tool}\n\n\`\`\`json\n${JSON.stringify(args)}\n\`\`\``);
  const { content } = await client.call(tool, args);
  const parts = content.map((part) => part.text ?? `[${part.name}]`);
  say(`\`\`\`text\n${parts.join('\n')}\n\`\`\``);
  return parts.join('\n');
}

function say(text) {
  process.stdout.write(`${text}\n\n`);
}
