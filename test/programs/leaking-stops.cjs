class Session {}
const sessions = new Map();
for (let round = 0; round < 4; round++) {
  for (let i = 0; i < 50; i++) sessions.set(sessions.size, new Session());
  debugger;
}
