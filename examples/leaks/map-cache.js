// A cache that only grows: its key holds the time, so no entry is ever found again or taken out.
const thumbnails = new Map();

class Thumbnail {
  constructor(path, width) {
    this.path = path;
    this.pixels = new Uint8Array(width * width);
  }
}

function getThumbnail(url, width) {
  if (!thumbnails.has(url)) thumbnails.set(url, new Thumbnail(url.split('?')[0], width));
  return thumbnails.get(url);
}

for (let second = 0; second < 3; second++) {
  getThumbnail(`/cat.jpg?t=${second}`, 64 * (second + 1));
}
setTimeout(() => {
  debugger;
}, 100);
