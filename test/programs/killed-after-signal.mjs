// Loaded into the tool: ends it, as the system would, so many milliseconds after it has sent SIGUSR1.
const { kill } = process;
const ms = Number(process.env.KILLED_AFTER_MS);
process.kill = (pid, signal) => {
  kill.call(process, pid, signal);
  if (signal !== 'SIGUSR1') return true;
  if (ms === 0) kill.call(process, process.pid, 'SIGKILL');
  setTimeout(() => kill.call(process, process.pid, 'SIGKILL'), ms);
  return true;
};
