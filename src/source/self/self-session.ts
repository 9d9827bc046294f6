import { Session } from 'node:inspector';
import type { InspectorSession } from '../inspector/inspector-session.js';

/** Longer than the worker lives. */
const HOUR_MS = 3_600_000;

/**
 * A connection from a worker to the main thread of its own process. No port is opened.
 *
 * @throws Error in the main thread, and if Node.js was built without its inspector.
 */
export function connectToProgram(): InspectorSession {
  const session = new Session();
  session.connectToMainThread();
  // an inspector's session alone does not keep its thread alive
  const alive = setInterval(() => undefined, HOUR_MS);
  let closed: () => void;
  const disconnected = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const send: InspectorSession['send'] = (method, params) =>
    new Promise((resolve, reject) => {
      session.post(method, params, (error, result) => {
        if (error) reject(error);
        else resolve(result as never);
      });
    });
  return {
    disconnected,
    send,
    sendAlone: send,
    on(event, listener) {
      const unpack = ({ params }: { params: unknown }) => listener(params as never);
      session.on(event, unpack);
      return () => session.off(event, unpack);
    },
    async close() {
      clearInterval(alive);
      session.disconnect();
      closed();
    },
  };
}
