import { startUpload, uploads } from './uploads.ts';

type Names = readonly string[];

const names: Names = ['a', 'b'];
for (const name of names) startUpload(name);
Object.assign(globalThis, { uploads });
console.log('ready');
setInterval(() => undefined, 1000);
