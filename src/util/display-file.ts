/**
 * A script's name for people: without folders of this machine, which mean nothing to a reader of a
 * bug report and differ between machines. Package files keep the path inside the package.
 */
export function displayFile(file: string): string {
  // Node up to 14 names its own modules without "node:"
  if (/^(node|ext|deno|native):|^internal\/.*\.js$/.test(file)) return file;
  const path = file.replace(/[?#].*$/, '').replace(/\\/g, '/');
  const inPackage = path.lastIndexOf('/node_modules/');
  if (inPackage >= 0) return path.slice(inPackage + '/node_modules/'.length);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === '' ? path : decoded(name, file);
}

/** Names in file URLs are percent-encoded. */
function decoded(name: string, file: string): string {
  if (!file.startsWith('file:')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** `UploadTask (je)`: what the source calls a class or function that a minifier has renamed. */
export function bothNames(original: string, loaded: string): string {
  return `${original} (${loaded})`;
}
