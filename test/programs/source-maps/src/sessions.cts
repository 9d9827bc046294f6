/** Compiled with source maps: types and comments move every place in the output. */
interface Payload {
  readonly id: number;
  readonly owner?: Session;
}

export class Session {
  constructor(readonly id: number) {}
}

type Handler = (payload: Payload) => number;

export const handlers: Handler[] = [];

export function connect(id: number): Session {
  const session: Session = new Session(id);
  const onData: Handler = (payload: Payload): number => payload.id + session.id;
  handlers.push(onData);
  return session;
}

function main(): void {
  const current: Session = connect(42);
  debugger;
  handlers.push(() => current.id);
}

main();
