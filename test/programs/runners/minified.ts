class Session {
  readonly user: string;

  constructor(user: string) {
    this.user = user;
  }
}

class UploadTask {
  readonly session = new Session('a');
}

const tasks = [new UploadTask(), new UploadTask()];
process.on('exit', function onExit(): void {
  tasks.push(new UploadTask());
});
debugger;
