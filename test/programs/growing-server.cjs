class Session {}
const sessions = [];
setInterval(() => {
  for (let i = 0; i < 10; i++) sessions.push(new Session());
}, 20);
console.log('running');
