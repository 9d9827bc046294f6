/**
 * Signs without which rules find nothing, each shared by many: nearly all texts of a heap are shown
 * to lack them by one short look, where every rule would have to be compiled and tried. A sign is
 * looked for in the text as it is at that moment; it may be there in vain, but must never be missing.
 */

/** What issuers make is a long run without a space, or was cut off. */
export const LONG_WORD = /[\w.~/-]{20}|…/;
/** Between a name and its value. */
export const ASSIGNED = /[:=]/;
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
