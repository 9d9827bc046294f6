// Lets the repository find the pdfkit of this folder, as a package finds one that was installed
// beside it: by a link in the repository's node_modules, which `npm ci` there removes and creates
// again.
import { existsSync, lstatSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const installed = join(HERE, 'node_modules/pdfkit');
const modules = join(HERE, '../../../node_modules');
const link = join(modules, 'pdfkit');

const isTaken = lstatSync(link, { throwIfNoEntry: false }) !== undefined;
if (existsSync(installed) && existsSync(modules) && !isTaken) {
  symlinkSync(relative(modules, installed), link, 'junction');
}
