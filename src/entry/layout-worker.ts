import { parentPort } from 'node:worker_threads';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { LayoutAnswer } from '../render/layout-answer.js';

/*
 * Computes one layout, then ends the thread: a layout cannot be interrupted from within, and an
 * instance that has trapped once gives wrong answers later. Graphviz loads at once, so that a
 * thread started early is ready when the DOT arrives as its only message; a LayoutAnswer goes back.
 */

async function layOut(loading: Promise<Graphviz>, dot: string): Promise<LayoutAnswer> {
  try {
    const graphviz = await loading;
    return { svg: graphviz.layout(dot, 'svg', 'dot') };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

const loading = Graphviz.load();
parentPort?.once('message', async (dot: string) => {
  parentPort?.postMessage(await layOut(loading, dot));
});
