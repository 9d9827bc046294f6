/**
 * Signs without which rules find nothing, each shared by many: one short search excludes nearly all
 * texts of a heap, for which otherwise every rule would have to be compiled and tried. A sign is
 * searched in the current state of the text; false positives are fine, false negatives are not.
 */

/** Tokens are long runs without a space, or were cut off. */
export const LONG_WORD = /[\w.~/+-]{20}|…/;
/** Nearly all issuers also make one without a slash or dot, which few paths of files have. */
export const SOLID_WORD = /[\w-]{16}|…/;
/** Between a name and its value. */
export const ASSIGNED = /[:=：＝]|%3[ADad]/;
/** Before the host of an address. */
export const HOST = /:\/\//;
export const JSON_WEB = /eyJ/;
export const PEM = /-----BEGIN/;
export const DOLLAR = /\$/;
export const OPTION = /--/;
export const CLOSING_TAG = /<\//;
export const HEADER = /bearer|basic|authorization|cookie/i;
/** Within a word: `@68001` is not an address. */
export const MAILBOX = /[\w.+%'À-ӿ-](?:@|%40)[A-Za-z0-9À-ӿ]/;
/** More digits than ids have, in groups or not. */
export const CARD_DIGITS = /\d(?:[ -]?\d){8}/;
/** Country and check digits. */
export const ACCOUNT = /[A-Z]{2}\d{2}/;
export const HOME = /home|Users/;
/** The sign that Microsoft puts into its keys so that they are found. */
export const AZURE_SIGN =
  /AZDO|JQQJ9|Az(?:Fu|Ca|Se)|\+A(?:St|Ba|MC|Sb|Eh|Rm|CR)|A(?:PIM|CDb|IoT)|\dQ~/;
/** `-----BEGIN` in base64. */
export const PEM_BASE64 = /LS0tLS1CRUdJTi/;
/** In hashes of directories and databases. */
export const HASH_SIGN = /\{[A-Z]|\*[0-9A-F]{8}|md5[0-9a-f]/;
export const AT_SIGN = /@/;
export const COLON = /:/;
export const SIGNATURE = /AWS |SharedKey|HMAC |Credential|Digest/;
export const CONTAINER = /[[{]|value/;
export const TAG = /<\w/;
/** Words of commands and protocols that precede a password. */
export const COMMAND = /pass|auth|identified/i;
export const CALL = /\(["'`]/;
export const FORM_DATA = /name=/;
/** An option of one letter; `--user` is one as well. */
export const OPTION_LETTER = /-[A-Za-z]/;
/** An encoded `=` or `:` within an address. */
export const ENCODED = /%3[ADad]/;
/** A block of YAML: the value is on the lines after it. */
export const BLOCK = /[|>][+-]?\r?\n/;
/** Every JSON Web Key contains its type. */
export const KEY_TYPE = /kty/;
