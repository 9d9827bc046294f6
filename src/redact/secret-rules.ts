import { ADDRESS_SECRETS } from './address-secrets.js';
import { ASSIGNED_SECRETS } from './assigned-secrets.js';
import { COMMAND_SECRETS } from './command-secrets.js';
import { CONTAINED_SECRETS } from './contained-secrets.js';
import { HEADER_SECRETS } from './header-secrets.js';
import { ISSUED_TOKENS } from './issued-tokens.js';
import { PASSWORD_HASHES } from './password-hashes.js';
import { PERSONAL_DATA } from './personal-data.js';
import { PRIVATE_KEYS } from './private-keys.js';
import type { SecretRule } from './secret-rule.js';

/** In order: text masked by one rule is not seen by the rules after it. */
export const SECRET_RULES: readonly SecretRule[] = [
  ...PRIVATE_KEYS,
  ...ISSUED_TOKENS,
  ...PASSWORD_HASHES,
  ...ADDRESS_SECRETS,
  ...HEADER_SECRETS,
  ...CONTAINED_SECRETS,
  ...ASSIGNED_SECRETS,
  ...COMMAND_SECRETS,
  ...PERSONAL_DATA,
];
