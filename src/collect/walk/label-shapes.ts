/**
 * The label with indexes, keys and ids left open, so that references of one kind look alike:
 * `[3]` is `[*]`, `Map["k"] →` is `Map["*"] →`, `WeakMap value of Key @5` loses its id.
 */
export function shapeOfLabel(label: string): string {
  if (/^\[\d+\]$/.test(label)) return '[*]';
  if (/^\{\d+\}$/.test(label)) return '{*}';
  if (/^Map\["[\s\S]*"\] →$/.test(label)) return 'Map["*"] →';
  if (/^Map\[[\s\S]*\] →$/.test(label)) return 'Map[*] →';
  return label.replace(/ @\d+/g, '');
}

/** As `shapeOfLabel`, with the names of properties left open too: an object used as a table. */
export function openShapeOfLabel(label: string): string {
  const isProperty = /^\.[^.]+$/.test(label) || /^\["[\s\S]*"\]$/.test(label);
  return isProperty ? '.*' : shapeOfLabel(label);
}
