// Starts as many programs as its argument says, through a shell, and waits for them.
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const [, , count = '1', file = join(__dirname, 'live-server.cjs')] = process.argv;
for (let i = 0; i < Number(count); i++) {
  const command = `"${process.execPath}" --inspect-port=0 "${file}"; true`;
  spawn(command, { shell: true, stdio: 'inherit' });
}
setInterval(() => {}, 1000);
