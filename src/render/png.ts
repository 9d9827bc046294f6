import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ShowBackrefError } from '../errors.js';

/** How to turn an SVG into pixels. */
export interface RenderPngOptions {
  /** Font files (TrueType) for scripts that the bundled font lacks. */
  readonly fonts?: readonly string[];
  /** Pixels per point; lowered if the picture would be too large. */
  readonly scale?: number;
  /** `auto` takes the native code if it loads, else WebAssembly; the bytes are the same. */
  readonly rasterizer?: 'auto' | 'native' | 'wasm';
}

/** A finished picture. */
export interface RenderedPng {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** A sentence for the user if text became too small to read; else null. */
  readonly notice: string | null;
}

/** The common interface of both builds of resvg. */
type Rasterize = (svg: string, fonts: readonly Font[], width: number) => Promise<Uint8Array>;

interface Font {
  readonly file: string;
  readonly bytes: Uint8Array;
}

const BUNDLED_FONT = fileURLToPath(
  new URL('../../templates/fonts/Arimo-Regular.ttf', import.meta.url),
);
const MOST_FONT_BYTES = 32_000_000;

const SCALE = 2;
/** The largest picture: a pixel takes about eight bytes while it is drawn. */
const MOST_PIXELS = 25_000_000;
const MOST_PIXELS_PER_SIDE = 16_384;
const LEAST_TEXT_PIXELS = 6;

/**
 * The family that every name in a picture stands for: no system font, the same bytes everywhere.
 */
const FAMILY = 'Arimo';
const FAMILIES = {
  defaultFontFamily: FAMILY,
  sansSerifFamily: FAMILY,
  serifFamily: FAMILY,
  monospaceFamily: FAMILY,
  cursiveFamily: FAMILY,
  fantasyFamily: FAMILY,
};

/**
 * Draws one of our SVGs as PNG with resvg, at two pixels per point, within 25 million pixels. Only
 * for SVG from `renderSvg`: the native build would load a picture that the SVG refers to by path.
 *
 * @throws ShowBackrefError RENDER_FAILED (font not readable, no rasterizer, invalid SVG).
 */
export async function renderPng(svg: string, options: RenderPngOptions = {}): Promise<RenderedPng> {
  const { fonts = [], scale = SCALE, rasterizer = 'auto' } = options;
  const [rasterize, ...loaded] = await Promise.all([
    loadRasterizer(rasterizer),
    ...[BUNDLED_FONT, ...fonts].map(loadFont),
  ]);
  const size = pictureSize(svg, scale);
  const bytes = await draw(rasterize, { svg, fonts: loaded, width: size.width });
  return { bytes, ...sizeOfPng(bytes), notice: smallTextNotice(svg, size.scale) };
}

/** Loads the rasterizer early, for instance while the layout runs in its worker. */
export async function prepareRenderPng(): Promise<void> {
  await loadRasterizer('auto');
}

async function draw(
  rasterize: Rasterize,
  { svg, fonts, width }: { svg: string; fonts: readonly Font[]; width: number },
): Promise<Uint8Array> {
  try {
    return await rasterize(svg, fonts, width);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `cannot turn the picture into PNG: "${reason}"; write .svg instead`;
    throw new ShowBackrefError('RENDER_FAILED', message, { cause });
  }
}

async function loadRasterizer(choice: 'auto' | 'native' | 'wasm'): Promise<Rasterize> {
  if (choice === 'wasm') return loadWasm();
  try {
    return await loadNative();
  } catch (error) {
    if (choice === 'native') throw error;
    // no binary for this platform, or installed without optional packages
    return loadWasm();
  }
}

async function loadNative(): Promise<Rasterize> {
  const { renderAsync } = await import('@resvg/resvg-js');
  return async (svg, fonts, width) => {
    const image = await renderAsync(svg, {
      font: { loadSystemFonts: false, fontFiles: fonts.map(({ file }) => file), ...FAMILIES },
      ...backgroundOf(svg),
      fitTo: { mode: 'width', value: width },
    });
    return image.asPng();
  };
}

let wasmReady: Promise<void> | undefined;

async function loadWasm(): Promise<Rasterize> {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  wasmReady ??= initialize(initWasm);
  await wasmReady;
  return async (svg, fonts, width) => {
    const resvg = new Resvg(svg, {
      font: { fontBuffers: fonts.map(({ bytes }) => bytes), ...FAMILIES },
      ...backgroundOf(svg),
      fitTo: { mode: 'width', value: width },
    });
    return resvg.render().asPng();
  };
}

/** Initialises the code once; the program we run in may already have done so. */
async function initialize(initWasm: (code: Uint8Array) => Promise<void>): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  const code = await readFile(file);
  await initWasm(code).catch((error: Error) => {
    if (!error.message.startsWith('Already initialized')) throw error;
  });
}

/** Loads a font file and checks it: resvg silently draws no text when a font cannot be read. */
async function loadFont(file: string): Promise<Font> {
  const fail = (problem: string, cause?: unknown) => {
    const message = `cannot use the font "${file}": ${problem}; name a .ttf, .otf or .ttc file`;
    return new ShowBackrefError('RENDER_FAILED', message, { cause });
  };
  const bytes = await readFile(file).catch((cause: Error) => {
    throw fail(cause.message, cause);
  });
  if (bytes.length > MOST_FONT_BYTES) throw fail('it is larger than 32 MB');
  return { file, bytes };
}

/**
 * The background: Graphviz's ends within the last row and column of pixels; this one fills them.
 */
function backgroundOf(svg: string): { background?: string } {
  const [, background] = /<polygon fill="(#[\da-f]{6})" stroke="none"/.exec(svg) ?? [];
  return background === undefined ? {} : { background };
}

/** Width in pixels, and the pixels per point that give it. */
function pictureSize(svg: string, wantedScale: number): { width: number; scale: number } {
  const [, width = '1', height = '1'] = /viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const points = { width: Number(width), height: Number(height) };
  const scale = Math.min(
    wantedScale,
    MOST_PIXELS_PER_SIDE / Math.max(points.width, points.height),
    Math.sqrt(MOST_PIXELS / (points.width * points.height)),
  );
  return { width: Math.max(1, Math.floor(points.width * scale)), scale };
}

/**
 * Width and height from the IHDR chunk, which is always the first one (PNG 3rd edition, 11.2.1).
 */
function sizeOfPng(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function smallTextNotice(svg: string, scale: number): string | null {
  const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
  const pixels = sizes.reduce((least, size) => Math.min(least, size), Infinity) * scale;
  if (pixels >= LEAST_TEXT_PIXELS) return null;
  return `the picture is large: its text is ${pixels.toFixed(1)} pixels high; write .svg to read it`;
}
