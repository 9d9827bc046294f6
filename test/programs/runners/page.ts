import { startUpload, uploads } from './uploads.ts';

for (const name of ['a', 'b'] satisfies readonly string[]) startUpload(name);
Object.assign(globalThis, { uploads });
document.title = 'ready';
