import { showInvisible } from '../util/show-invisible.js';

/** Text between tags: on one line, nothing invisible, nothing that XML does not allow. */
export function escapeXml(text: string): string {
  return showInvisible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Text between double quotes. */
export function escapeXmlAttribute(text: string): string {
  return escapeXml(text).replaceAll('"', '&quot;');
}
