class Session {
  constructor(id) {
    this.id = id;
  }
}
const sessions = new Map();
debugger;
for (let id = 0; id < 150; id++) sessions.set(id, new Session(id));
debugger;
for (let id = 0; id < 30; id++) sessions.delete(id);
for (let id = 150; id < 200; id++) sessions.set(id, new Session(id));
debugger;
