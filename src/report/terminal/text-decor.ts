import type { SubgraphNode } from '../../collect/picture/subgraph.js';

/** How rows of a tree are drawn on a terminal, beyond their text. */
export interface TextDecor {
  readonly hasColours: boolean;
  /** Where the place of a node leads to, by its id. */
  readonly links: ReadonlyMap<string, string>;
}

const ESC = '\u001b';
const RESET = `${ESC}[0m`;
/** The colours of the picture: a target is red, a root green, what is highlighted blue. */
const RED = 31;
const GREEN = 32;
const BLUE = 34;

/** Puts the colour of a node on text that has been made safe and fitted. */
export function coloured(text: string, node: SubgraphNode, decor: TextDecor | undefined): string {
  const colour = colourOf(node);
  if (decor?.hasColours !== true || colour === null || text === '') return text;
  return `${ESC}[${colour}m${text}${RESET}`;
}

/** Makes the place of a node a link, where it is known where that leads to. */
export function linked(place: string, { id }: SubgraphNode, decor: TextDecor | undefined): string {
  const url = decor?.links.get(id);
  if (url === undefined || place === '') return place;
  return `${ESC}]8;;${url}${ESC}\\${place}${ESC}]8;;${ESC}\\`;
}

function colourOf({ role, highlighted }: SubgraphNode): number | null {
  if (role === 'target') return RED;
  if (highlighted) return BLUE;
  return role === 'root' ? GREEN : null;
}
