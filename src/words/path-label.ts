/** The separator of labels that are not adjacent in a program. */
const STEP = ' › ';

/**
 * References in a row as a programmer would write them: `cache.entries[3] › scope › x`, from the
 * top down.
 */
export function pathLabel(labels: readonly string[]): string {
  return labels
    .filter((label) => label !== '')
    .map((label) => label.replace(/ →$/, ''))
    .reduce((path, label) => {
      const isJoined = path === '' || /^[.[](?!\[)/.test(label);
      return isJoined ? path + label : path + STEP + label;
    }, '');
}
