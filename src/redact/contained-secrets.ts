import { CONTAINER, FORM_DATA } from './hints.js';
import { isSecretName } from './secret-names.js';
import type { SecretRule } from './secret-rule.js';

const isNamed = ({ groups }: RegExpExecArray) => isSecretName(groups?.name ?? '');

/** Values one container below a name: lists, objects, pairs of name and value. */
export const CONTAINED_SECRETS: readonly SecretRule[] = [
  {
    // `"passwords": ["x", "y"]`, `"credentials": {"bob": "x"}`
    name: 'secret',
    hint: CONTAINER,
    pattern:
      /(?<![\w$.-])(?<name>[\w$-]{2,64})\\{0,3}["']\s{0,3}(?::|=>)\s{0,3}[[{]\s{0,9}(?<secret>[^[\]{}]{2,2048})[\]}]/g,
    accept: (match) => isNamed(match) && /["']/.test(match.groups?.secret ?? ''),
    example: '{"password":["hunter2","hunter3"]}',
    lookAlike: '{"tokenizer":["standard"],"author":{"name":"Bob"}}',
  },
  {
    // `{"name": "DB_PASSWORD", "value": "x"}`
    name: 'secret',
    hint: CONTAINER,
    pattern:
      /\\{0,3}["']?(?:name|key|Name|Key|header|field|variable)\\{0,3}["']?\s{0,3}:\s{0,3}(?<first>\\{0,3}["'])(?<name>[\w$.:-]{2,64})\k<first>\s{0,9},\s{0,9}\\{0,3}["']?(?:value|Value|val|secret|content)\\{0,3}["']?\s{0,3}:\s{0,3}(?<quote>\\{0,3}["'])(?<secret>(?:(?!\k<quote>)(?:\\.|[^\r\n\\])){1,512})/g,
    accept: isNamed,
    example: '{"name": "DB_PASSWORD", "value": "hunter2"}',
    lookAlike: '{"name": "TOKEN_LIMIT", "value": "4096"}',
  },
  {
    // the same in YAML
    name: 'secret',
    hint: CONTAINER,
    pattern:
      /\b(?:name|key):\s{0,3}["']?(?<name>[\w.-]{2,64})["']?\s{0,3}\r?\n\s{0,32}value:\s{0,3}["']?(?<secret>[^\s"'][^\r\n"']{0,511})/g,
    accept: isNamed,
    example: '- name: DB_PASSWORD\n  value: hunter2',
    lookAlike: '- name: TOKEN_LIMIT\n  value: 4096',
  },
  {
    // a field of a form, with or without headers
    name: 'secret',
    hint: FORM_DATA,
    pattern:
      /\bname=\\{0,3}"(?<name>[\w.[\]-]{2,64})\\{0,3}"(?:\r\n|\\r\\n|\n)(?:[\w-]{1,64}:[^\r\n\\]{0,256}(?:\r\n|\\r\\n|\n)){0,4}(?:\r\n|\\r\\n|\n)(?<secret>(?:(?!\\r)[^\r\n]){1,1024})/g,
    accept: isNamed,
    example: 'Content-Disposition: form-data; name="password"\r\n\r\nhunter2\r\n--x',
    lookAlike: 'Content-Disposition: form-data; name="email_token_count"\r\n\r\n12\r\n--x',
  },
];
