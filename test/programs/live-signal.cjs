// Has a use of its own for SIGUSR1.
process.on('SIGUSR1', () => console.log('rotated'));
setInterval(() => undefined, 1000);
console.log('ready');
