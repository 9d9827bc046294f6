import type { Check, Finding } from '../../src/report/ci/check.js';
import { seededRandom } from './random-heap.js';
import { randomSubgraph, randomText } from './random-subgraph.js';

const RULES = ['proof', 'leak', 'growth', 'size', 'limit'] as const;
const VERDICTS = ['fails', 'accepted', 'noted', 'passes'] as const;

/** Findings of hostile text: up to six of them, with and without a place and a picture. */
export function randomCheck(seed: number): Check {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const text = () => randomText(random);
  const findings = Array.from({ length: below(7) }, (_, at): Finding => {
    const verdict = VERDICTS[below(VERDICTS.length)] ?? 'fails';
    const line = below(2) === 0 ? null : 1 + below(1000);
    return {
      rule: RULES[below(RULES.length)] ?? 'leak',
      verdict,
      title: text(),
      sentences: [text(), text()],
      reason: verdict === 'accepted' ? text() : null,
      spot: below(3) === 0 ? null : { file: text(), line, column: line === null ? null : 7 },
      fingerprint: String(at),
      facts: { counts: [1, 2, 3], bytes: below(1e9) },
      picture: below(3) === 0 ? null : randomSubgraph(seed * 10 + at),
    };
  });
  return {
    ...{ command: 'leaks', subject: text(), source: text(), findings, nothing: text() },
    ...{ notes: [text()], tables: [] },
  };
}
