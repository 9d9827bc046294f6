interface Upload { readonly name: string }
class Session { constructor(readonly user: string) {} }
class UploadTask {
  readonly upload: Upload;
  readonly session: Session;
  constructor(upload: Upload) {
    this.upload = upload;
    this.session = new Session(upload.name);
  }
}
class Queue { readonly items: UploadTask[] = []; }
const queue = new Queue();
function onUpload(name: string): void { queue.items.push(new UploadTask({ name })); }
process.on('message', onUpload);
onUpload('a'); onUpload('b');
(globalThis as any).queue = queue;
debugger;
