/** How an object shows that it has ended, although it is still held. */
export type ProofKind = 'detached-dom';
