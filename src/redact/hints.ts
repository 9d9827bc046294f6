/**
 * Signs without which rules find nothing, each shared by many: nearly all texts of a heap are shown
 * to lack them by one short look, where every rule would have to be compiled and tried. A sign is
 * looked for in the text as it is at that moment; it may be there in vain, but must never be missing.
 */

/** What issuers make is a long run without a space, or was cut off. */
export const LONG_WORD = /[\w.~/+-]{20}|…/;
/** Nearly all of them make one without a slash or dot as well, which few paths of files have. */
export const SOLID_WORD = /[\w-]{16}|…/;
/** Between a name and its value. */
export const ASSIGNED = /[:=：＝]|%3[ADad]/;
/** In front of the host of an address. */
export const HOST = /:\/\//;
export const JSON_WEB = /eyJ/;
export const PEM = /-----BEGIN/;
export const DOLLAR = /\$/;
export const OPTION = /--/;
export const CLOSING_TAG = /<\//;
export const HEADER = /bearer|basic|authorization|cookie/i;
/** Within a word: `@68001` is no address. */
export const MAILBOX = /[\w.+%'À-ӿ-](?:@|%40)[A-Za-z0-9À-ӿ]/;
/** More digits than ids have, in groups or not. */
export const CARD_DIGITS = /\d(?:[ -]?\d){8}/;
/** Country and check digits. */
export const ACCOUNT = /[A-Z]{2}\d{2}/;
export const HOME = /home|Users/;
/** What Microsoft puts into its keys so that they are found. */
export const AZURE_SIGN =
  /AZDO|JQQJ9|Az(?:Fu|Ca|Se)|\+A(?:St|Ba|MC|Sb|Eh|Rm|CR)|A(?:PIM|CDb|IoT)|\dQ~/;
/** `-----BEGIN` in base64. */
export const PEM_BASE64 = /LS0tLS1CRUdJTi/;
/** Of directories and databases. */
export const HASH_SIGN = /\{[A-Z]|\*[0-9A-F]{8}|md5[0-9a-f]/;
export const AT_SIGN = /@/;
export const COLON = /:/;
export const SIGNATURE = /AWS |SharedKey|HMAC |Credential|Digest/;
export const CONTAINER = /[[{]|value/;
export const TAG = /<\w/;
/** Words of commands and protocols after which a password stands. */
export const COMMAND = /pass|auth|identified/i;
export const CALL = /\(["'`]/;
export const FORM_DATA = /name=/;
/** An option of one letter; `--user` is one as well. */
export const OPTION_LETTER = /-[A-Za-z]/;
/** `=` or `:` within an address. */
export const ENCODED = /%3[ADad]/;
/** Of YAML: the value is on the lines after it. */
export const BLOCK = /[|>][+-]?\r?\n/;
/** Every JSON Web Key says its type. */
export const KEY_TYPE = /kty/;
