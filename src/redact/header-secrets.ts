import { startNotAfter } from './boundaries.js';
import { ASSIGNED, HEADER, SIGNATURE } from './hints.js';
import { looksRandom } from './random-text.js';
import { exampleOf, type SecretRule } from './secret-rule.js';

const WORD_START = startNotAfter('\\w-');

/** Values sent along with a request: authorization, signatures, cookies. */
export const HEADER_SECRETS: readonly SecretRule[] = [
  {
    name: 'authorization',
    hint: HEADER,
    pattern: new RegExp(`${WORD_START}Bearer\\s{1,3}(?<secret>[\\w.~+/=-]{8,})`, 'gi'),
    accept: ({ groups }) => looksRandom(groups?.secret ?? ''),
    example: `Bearer ${exampleOf(32)}`,
    lookAlike: 'Bearer authentication is required',
  },
  {
    name: 'authorization',
    hint: HEADER,
    pattern: new RegExp(`${WORD_START}Basic\\s{1,3}(?<secret>[A-Za-z0-9+/]{6,}={0,2})`, 'gi'),
    accept: ({ groups }) => isUserAndPassword(groups?.secret ?? ''),
    example: 'Basic dXNlcjpodW50ZXIy',
    lookAlike: 'Basic authentication',
  },
  {
    name: 'signature',
    hint: SIGNATURE,
    // AWS 2 and 4, Azure, and answers to a challenge
    pattern: new RegExp(
      `${WORD_START}(?:AWS [\\w-]{8,128}:|SharedKey(?:Lite)? [\\w-]{1,64}:|HMAC [\\w-]{1,64}:|(?:Credential|Digest)[ =][^\\r\\n]{0,512}?\\b(?:Signature|response)=\\\\{0,3}"?)(?<secret>[A-Za-z0-9+/]{26,}={0,2})`,
      'g',
    ),
    example: `AWS4-HMAC-SHA256 Credential=x/20260101/eu/s3/aws4_request, SignedHeaders=host, Signature=${'0123456789abcdef'.repeat(4)}`,
    lookAlike: 'Digest of the week: response=none',
  },
  {
    // `Authorization: Token …` and the like; Bearer and Basic are masked already
    name: 'authorization',
    hint: HEADER,
    pattern: new RegExp(
      `${WORD_START}(?:proxy-)?authorization:\\s{0,3}(?:[\\w-]{2,20} )?(?<secret>[^\\s"'<>,;]{8,})`,
      'gi',
    ),
    accept: ({ groups }) => looksRandom(groups?.secret ?? ''),
    example: `Authorization: SSWS 00${exampleOf(40)}`,
    lookAlike: 'Authorization: is required',
  },
  {
    name: 'cookie',
    hint: HEADER,
    pattern: new RegExp(
      `${WORD_START}(?:set-)?cookie2?:\\s{0,3}(?<secret>[^\\r\\n"'<=]{1,256}=[^\\r\\n"'<]{1,4096})`,
      'gi',
    ),
    example: 'GET / HTTP/1.1\r\nCookie: sid=abcdef; theme=dark\r\n',
    lookAlike: 'uses of the cookie: none',
  },
  {
    name: 'cookie',
    hint: ASSIGNED,
    pattern:
      /(?<![^\s;,"'`([])(?!(?:path|expires|max-age|domain|samesite)=)[\w.-]{1,64}=(?<secret>[^;\s"'<]{1,4096});\s{0,3}(?:path=|expires=|max-age=|domain=|samesite=|httponly|secure)/gi,
    example: 'shop=f8a1c2; Path=/; HttpOnly',
    lookAlike: 'width=device-width; initial-scale=1',
  },
];

function isUserAndPassword(base64: string): boolean {
  return /^[^\p{Cc}\ufffd]*:[^\p{Cc}\ufffd]*$/u.test(
    Buffer.from(base64, 'base64').toString('utf8'),
  );
}
