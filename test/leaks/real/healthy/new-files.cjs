// A program that goes on loading files, each of them once: pages of a router that loads them when asked.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { rounds } = require('../rounds.cjs');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-'));
const pages = new Map();
const finish = () => fs.rmSync(folder, { recursive: true });
rounds(
  (number) => {
    const file = path.join(folder, `page-${number}.js`);
    fs.writeFileSync(
      file,
      `const parts${number} = ['<p>', '</p>']; exports.render${number} = () => parts${number}.join('');`,
    );
    pages.set('last', require(file)[`render${number}`]());
  },
  { warm: 8, items: 8, finish },
);
