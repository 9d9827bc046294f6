import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { renderPng } from '../../src/render/png.js';
import { renderSvg } from '../../src/render/svg.js';
import { toDot } from '../../src/report/dot/to-dot.js';
import {
  generatedSubgraph,
  node,
  richSubgraph,
  seedSubgraph,
  subgraph,
} from '../report/build-subgraph.js';
import { countPixels, decodePng } from '../support/decode-png.js';

const PICTURES = {
  seed: () => toDot(seedSubgraph(), { legend: true }),
  'one of everything': () => toDot(richSubgraph(), { legend: true, title: 'Title', theme: 'dark' }),
  'other scripts': () =>
    toDot(subgraph([node('Привет 日本語 🎉 مرحبا @1', { role: 'target' })], []), { legend: true }),
  '60 nodes': () => toDot(generatedSubgraph(60, 80), { legend: true }),
};

/** `#cf1322`, the red of the target, without its blended edges. */
const isRed = (red: number, green: number, blue: number) => red > 190 && green < 60 && blue < 80;

let seed: string;

beforeAll(async () => {
  seed = await renderSvg(PICTURES.seed());
});

afterEach(() => {
  vi.doUnmock('@resvg/resvg-js');
  vi.resetModules();
});

describe('renderPng', () => {
  it('draws the seed at two pixels per point, the target in red', async () => {
    const [, width, height] = /viewBox="0.00 0.00 ([\d.]+) ([\d.]+)"/.exec(seed) ?? [];
    const png = await renderPng(seed);
    const decoded = decodePng(png.bytes);
    expect([decoded.width, decoded.height]).toEqual([png.width, png.height]);
    expect([png.width, png.height]).toEqual([Number(width) * 2, Number(height) * 2]);
    expect(countPixels(decoded, isRed)).toBeGreaterThan(2000);
    expect(countPixels(decoded, (red, green) => green > red + 20)).toBeGreaterThan(2000);
    expect(png.notice).toBeNull();
  });

  it('draws the text too, not only the boxes', async () => {
    const withText = countPixels(decodePng((await renderPng(seed)).bytes), isRed);
    const without = seed.replace(/<text [^>]*>[^<]*<\/text>/g, '');
    const boxesOnly = countPixels(decodePng((await renderPng(without)).bytes), isRed);
    expect(withText - boxesOnly).toBeGreaterThan(1000);
  });

  it('is filled to its edges', async () => {
    const svg = await renderSvg(PICTURES['one of everything']());
    for (const rasterizer of ['native', 'wasm'] as const) {
      for (const scale of [2, 1.37]) {
        const { width, pixels } = decodePng((await renderPng(svg, { rasterizer, scale })).bytes);
        const last = pixels.subarray(-4 * width);
        expect([...new Set(last)].sort()).toEqual([0x0d, 0x11, 0x17, 0xff].sort());
      }
    }
  });

  it('gives the same bytes twice', async () => {
    const [one, two] = await Promise.all([renderPng(seed), renderPng(seed)]);
    expect(Buffer.compare(one.bytes, two.bytes)).toBe(0);
  });

  it.each(Object.entries(PICTURES))(
    'gives the same bytes from native code and WebAssembly: %s',
    async (_, dot) => {
      const svg = await renderSvg(dot());
      const native = await renderPng(svg, { rasterizer: 'native' });
      const wasm = await renderPng(svg, { rasterizer: 'wasm' });
      expect(native.bytes.length).toBeGreaterThan(1000);
      expect(Buffer.compare(native.bytes, wasm.bytes)).toBe(0);
    },
  );

  it('falls back to WebAssembly if the native code does not load', async () => {
    vi.resetModules();
    vi.doMock('@resvg/resvg-js', () => {
      throw new Error('Cannot find native binding');
    });
    const { renderPng: renderHere } = await import('../../src/render/png.js');
    await expect(renderHere(seed, { rasterizer: 'native' })).rejects.toThrow();
    const fallback = await renderHere(seed);
    expect(Buffer.compare(fallback.bytes, (await renderPng(seed)).bytes)).toBe(0);
  });
});

describe('bounds', () => {
  const blank = (width: number, height: number) =>
    `<svg width="${width}pt" height="${height}pt" viewBox="0.00 0.00 ${width}.00 ${height}.00" ` +
    'xmlns="http://www.w3.org/2000/svg"><text y="99" font-size="10.00">x</text></svg>';

  it.each([
    [1000, 800, 2000, 1600, null],
    [9000, 100, 16384, 182, null],
    [100, 9000, 182, 16380, null],
    [5000, 5000, 5000, 5000, null],
    [40000, 200, 16384, 82, /text is 4\.1 pixels high; write \.svg/],
    [12000, 9000, 5773, 4330, /text is 4\.8 pixels high; write \.svg/],
  ])('draws %d x %d points as %d x %d pixels', async (width, height, toWidth, toHeight, notice) => {
    const png = await renderPng(blank(width, height));
    expect(png.width * png.height).toBeLessThanOrEqual(25_010_000);
    expect([png.width, png.height]).toEqual([toWidth, toHeight]);
    if (notice === null) expect(png.notice).toBeNull();
    else expect(png.notice).toMatch(notice);
  });

  it('draws at the requested scale', async () => {
    expect((await renderPng(blank(300, 200), { scale: 1 })).width).toBe(300);
  });

  it('refuses a font it cannot read, which resvg would silently ignore', async () => {
    const empty = join(mkdtempSync(join(tmpdir(), 'showbackref-')), 'huge.ttf');
    writeFileSync(empty, Buffer.alloc(32_000_001));
    await expect(renderPng(seed, { fonts: ['/none.ttf'] })).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message: expect.stringContaining('cannot use the font "/none.ttf": ENOENT'),
    });
    await expect(renderPng(seed, { fonts: [empty] })).rejects.toThrow('larger than 32 MB');
  });

  it.each(['native', 'wasm'] as const)('reports an invalid SVG: %s', async (rasterizer) => {
    await expect(renderPng('<svg><g></svg>', { rasterizer })).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message: expect.stringMatching(
        /^cannot turn the picture into PNG: ".*"; write \.svg instead$/s,
      ),
    });
  });
});
