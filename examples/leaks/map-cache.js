// A cache that only grows: its key holds the time, so no entry is ever found again or taken out.
const thumbnails = new Map();

class Thumbnail {
  constructor(path) {
    this.path = path;
    this.pixels = new Uint8Array(64 * 64);
  }
}

function getThumbnail(url) {
  if (!thumbnails.has(url)) thumbnails.set(url, new Thumbnail(url.split('?')[0]));
  return thumbnails.get(url);
}

for (let second = 0; second < 3; second++) {
  getThumbnail(`/cat.jpg?t=${second}`);
}
setTimeout(() => {
  debugger;
}, 100);
