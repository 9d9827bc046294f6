/**
 * An expression that closes an inspector from within its program, evaluated with
 * `includeCommandLineAPI`: its `require` is Node's own, whatever the program has done to its
 * globals. The alternatives are for Deno, which has none.
 *
 * @param innerPid the number by which the process knows itself: another process may have the
 *   address by now.
 */
export function closeExpression(innerPid: number): string {
  return `{
    const own = typeof require === 'function' ? require('node:process') : process;
    const ways = [
      () => require('node:inspector').close(),
      () => own.getBuiltinModule('node:inspector').close(),
      () => own._debugEnd(),
    ];
    for (const way of own.pid === ${innerPid} ? ways : []) try { way(); break; } catch {}
  }`;
}
