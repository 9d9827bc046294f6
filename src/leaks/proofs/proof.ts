/** The signs by which objects show that they have ended, although they are still held. */
export type ProofKind =
  | 'detached-dom'
  | 'closed-window'
  | 'closed-socket'
  | 'finished-response'
  | 'finished-request'
  | 'closed-stream'
  | 'ended-process'
  | 'aborted-signal'
  | 'exited-worker'
  | 'closed-subscriber'
  | 'unmounted-fiber'
  | 'unmounted-component'
  | 'ended-span'
  | 'disposed'
  /** A variable that no living function uses, so its content cannot be used again. */
  | 'unused-capture';
