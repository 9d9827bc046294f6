/** A comment by which the lines of this file differ from those that a runner makes of it. */
export interface Upload {
  readonly name: string;
  readonly size: number;
}

export class UploadTask {
  readonly upload: Upload;
  isDone = false;

  constructor(upload: Upload) {
    this.upload = upload;
  }
}

export const uploads: EventTarget = new EventTarget();
const running: UploadTask[] = [];

export function startUpload(name: string): UploadTask {
  const task = new UploadTask({ name, size: name.length });
  running.push(task);
  uploads.addEventListener('end', function onEnd(): void {
    task.isDone = true;
  });
  return task;
}
