import type { Subgraph } from '../../collect/picture/subgraph.js';

/** The picture with arrows that stand for rows of objects replaced by these objects. */
export function unfoldRows<P extends Pick<Subgraph, 'nodes' | 'edges'>>(picture: P): P {
  const rows = picture.edges.flatMap(({ through }) => through ?? []);
  if (rows.length === 0) return picture;
  const edges = picture.edges.flatMap((edge) => edge.through?.edges ?? [edge]);
  return { ...picture, nodes: [...picture.nodes, ...rows.flatMap(({ nodes }) => nodes)], edges };
}
