/** The signs by which objects show that they have ended, although they are still held. */
export type ProofKind =
  | 'detached-dom'
  | 'closed-window'
  | 'closed-socket'
  | 'finished-response'
  | 'aborted-signal'
  | 'exited-worker'
  | 'closed-subscriber'
  | 'unmounted-fiber'
  | 'unmounted-component'
  | 'ended-span'
  | 'disposed';
