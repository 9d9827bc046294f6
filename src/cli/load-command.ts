import type { CommandName } from '../question/commands.js';
import type { RunCommand } from './cli-command.js';

/** Loads the code of each command when it is needed. */
const LOAD: Readonly<Record<CommandName, () => Promise<RunCommand>>> = {
  backrefs: async () => (await import('./commands/run-graph.js')).runGraph,
  refs: async () => (await import('./commands/run-graph.js')).runGraph,
  chain: async () => (await import('./commands/run-graph.js')).runGraph,
  types: async () => (await import('./commands/run-types.js')).runTypes,
  growth: async () => (await import('./commands/run-growth.js')).runGrowth,
  leaks: async () => (await import('./commands/run-leaks.js')).runLeaks,
  info: async () => (await import('./commands/run-info.js')).runInfo,
  ps: async () => (await import('./commands/run-ps.js')).runPs,
  capture: async () => (await import('./commands/run-capture.js')).runCapture,
  lprun: async () => (await import('./commands/run-lprun.js')).runLines,
  mprun: async () => (await import('./commands/run-lprun.js')).runLines,
  mprof: async () => (await import('./commands/run-mprof.js')).runMprof,
  repl: async () => (await import('./commands/run-repl.js')).runRepl,
  completion: async () => (await import('./commands/run-completion.js')).runCompletion,
  mcp: async () => (await import('./commands/run-mcp.js')).runMcp,
  skill: async () => (await import('./commands/run-skill.js')).runSkill,
};

export function loadCommand(name: CommandName): Promise<RunCommand> {
  return LOAD[name]();
}
