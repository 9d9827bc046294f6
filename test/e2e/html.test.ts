import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { renderOutputs } from '../../src/answer/write-graph.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { findFormat, type ReportOptions } from '../../src/report/formats.js';
import { connectInspector } from '../../src/source/inspector/inspector-session.js';
import { showInvisible } from '../../src/util/show-invisible.js';
import { truncate } from '../../src/util/truncate.js';
import { edge, node, richSubgraph, seedSubgraph, subgraph } from '../report/build-subgraph.js';
import { HOSTILE_STRINGS } from '../report/hostile-strings.js';
import { type Browser, startBrowser } from '../support/browser.js';
import { CHROMIUM, describeRuntime } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** An open page, with everything it has logged and requested. */
interface OpenPage {
  /** The value of an expression in the page. */
  readonly ask: <T>(expression: string) => Promise<T>;
  readonly key: (key: string, modifiers?: number) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  readonly mouse: (type: string, x: number, y: number, more?: object) => Promise<void>;
  /** The position of an element on the screen. */
  readonly placeOf: (selector: string) => Promise<{ x: number; y: number }>;
  readonly messages: readonly string[];
  readonly requests: readonly string[];
}

const SIZE = { width: 1200, height: 800, deviceScaleFactor: 1, mobile: false };
const SHIFT = 8;

describeRuntime(CHROMIUM, (chromium) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser(chromium);
  });

  afterAll(() => browser.stop());

  async function open(graph: Subgraph, options: Partial<ReportOptions> = {}): Promise<OpenPage> {
    const file = join(temporaryFolder(), 'page.html');
    writeFileSync(file, await writePage(graph, options));
    return openPage(browser.port, pathToFileURL(file).href);
  }

  test('zooms by wheel, keys and buttons, and pans', async () => {
    const page = await open(seedSubgraph());
    const whole = await viewBox(page);
    const target = rounded(await page.placeOf('#n0'));
    await page.mouse('mouseWheel', target.x, target.y, { deltaX: 0, deltaY: -300 });
    await expect.poll(async () => (await viewBox(page)).width).toBeLessThan(whole.width * 0.8);
    // the element under the pointer stays there
    const after = await page.placeOf('#n0');
    expect(Math.hypot(after.x - target.x, after.y - target.y)).toBeLessThan(1.5);
    await page.key('0');
    expect(await viewBox(page)).toEqual(whole);
    await page.key('+');
    expect((await viewBox(page)).width).toBeCloseTo(whole.width / 1.25, 3);
    await page.key('-');
    await page.ask('document.getElementById("zoom-out").click()');
    expect((await viewBox(page)).width).toBeCloseTo(whole.width * 1.25, 3);
    await page.key('ArrowLeft');
    expect((await viewBox(page)).x).toBeLessThan(whole.x - whole.width * 0.125);
    await page.key('0');
    await drag(page, { x: 30, y: 150 }, { x: 130, y: 170 });
    const scale = (await page.ask<number>('document.querySelector("svg").getScreenCTM().a')) || 1;
    expect((await viewBox(page)).x).toBeCloseTo(whole.x - 100 / scale, 2);
    expectQuiet(page);
  });

  test('shows the path to a root of the node under the pointer', async () => {
    const page = await open(richSubgraph());
    const { x, y } = await page.placeOf('#n2');
    await page.mouse('mouseMoved', x, y);
    // onData is held along four links from globalThis.cache, and holds the target through the map
    expect(await litIds(page, 'node')).toEqual(['n0', 'n1', 'n2', 'n4', 'n5', 'n6', 'n7', 'n8']);
    expect(await litIds(page, 'edge')).toEqual(['e0', 'e10', 'e4', 'e6', 'e7', 'e8', 'e9']);
    await page.mouse('mouseMoved', 5, 120);
    expect(await litIds(page, 'node')).toEqual([]);
    expectQuiet(page);
  });

  test('finds objects by name, id and content; Enter goes through them', async () => {
    const page = await open(seedSubgraph());
    const selected = () => page.ask<string>('document.querySelector(".selected")?.id ?? ""');
    const found = () => page.ask<string>('document.getElementById("found").textContent');
    await page.key('/');
    await page.type('ARRAY');
    expect(await found()).toBe('3 found');
    expect(await page.ask('document.querySelectorAll(".match").length')).toBe(3);
    await page.key('Enter');
    expect([await found(), await selected()]).toEqual(['1 of 3', 'n0']);
    await page.key('Enter');
    expect([await found(), await selected()]).toEqual(['2 of 3', 'n2']);
    await page.key('Enter', SHIFT);
    expect([await found(), await selected()]).toEqual(['1 of 3', 'n0']);
    await clear(page);
    await page.type('@129');
    await page.key('Enter');
    expect(await selected()).toBe('n4');
    await clear(page);
    await page.type('nowhere');
    expect(await found()).toBe('none');
    expectQuiet(page);
  });

  test('shows everything about an object, and follows its references', async () => {
    const page = await open(seedSubgraph());
    const details = () =>
      page.ask<string>('document.querySelector("#details:not([hidden])")?.innerText ?? ""');
    expect(await details()).toBe('');
    const { x, y } = await page.placeOf('#n2');
    await click(page, x, y);
    const text = await details();
    for (const part of ['Array @125', '3 elements', 'seed.js:3:11', '40 B', 'Held by (1)']) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/Holds \(3\)\s+\[0\] Array @123\s+\[1\] Array @127\s+\[2\] Object @129/);
    await page.ask(
      'document.querySelector("#details ul:last-of-type li:last-child button").click()',
    );
    expect(await details()).toMatch(/^Object @129[\s\S]*Held by \(1\)\s+\[2\] Array @125/);
    await click(page, 30, 150);
    expect(await details()).toBe('');
    expectQuiet(page);
  });

  test('is used by keys alone: Tab between objects, arrows along references, Escape', async () => {
    const page = await open(seedSubgraph());
    const focused = () => page.ask<string>('document.activeElement.id');
    await page.ask('document.getElementById("zoom-in").focus()');
    const walk = async (keys: readonly string[]) => {
      const places: string[] = [];
      for (const key of keys) {
        await page.key(key);
        places.push(await focused());
      }
      return places;
    };
    expect(await walk(['Tab', 'Tab'])).toEqual(['n0', 'n1']);
    await page.ask('document.getElementById("n0").focus()');
    expect(await walk(['ArrowUp', 'ArrowDown'])).toEqual(['n1', 'n0']);
    await page.ask('document.getElementById("n4").focus()');
    const siblings = await walk(['ArrowUp', 'ArrowUp', 'ArrowDown']);
    expect(siblings).toEqual(['n2', 'n1', 'n0']);
    expect(await page.ask('document.querySelector(".selected").getAttribute("aria-label")')).toBe(
      'Array @123, the target, 1 element, seed.js:2:11, held by 4',
    );
    expect(await page.ask('getComputedStyle(document.querySelector("#n0 path")).strokeWidth')).toBe(
      '4px',
    );
    await page.key('Escape');
    expect(await page.ask('document.querySelectorAll(".selected, .on-path").length')).toBe(0);
    expectQuiet(page);
  });

  test('opens a large picture around its target, in a size that can be read', async () => {
    const many = Array.from({ length: 120 }, (_, i) => node(`Session @${i + 2}`));
    const graph = subgraph(
      [node('Cache @1', { role: 'target' }), ...many],
      many.map(({ id }, i) => edge(id, '@1', `.key${i}`)),
    );
    const page = await open(graph);
    expect(await page.ask('document.querySelector("svg").getScreenCTM().a')).toBeCloseTo(1, 3);
    const { x, y } = await page.placeOf('#n0');
    const stage = await page.placeOf('#stage svg');
    expect([Math.round(x - stage.x), Math.round(y - stage.y)]).toEqual([0, 0]);
    await page.key('0');
    expect(await page.ask('document.querySelector("svg").getScreenCTM().a')).toBeLessThan(0.2);
    expectQuiet(page);
  });

  test.each(['light', 'dark'] as const)('keeps text inside its boxes: %s', async (theme) => {
    const page = await open(richSubgraph(), { theme });
    const wide = await page.ask<
      string[]
    >(`[...document.querySelectorAll('.node')].flatMap((node) => {
      const box = node.querySelector('path, polygon').getBBox();
      return [...node.querySelectorAll('text')].filter((text) => text.getBBox().width > box.width);
    }).map((text) => text.textContent)`);
    expect(wide).toEqual([]);
    const background = await page.ask('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(theme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)');
  });

  test('shows hostile text as text and runs none of it', async () => {
    const texts = [...HOSTILE_STRINGS, 'name "\\N" <x> \u202e'.repeat(66_000)];
    const nodes = texts.map((text, index) =>
      node(text, { id: `@${index}`, preview: text, ...(index === 0 ? { role: 'target' } : {}) }),
    );
    const edges = texts.slice(1).map((text, index) => edge(`@${index + 1}`, '@0', text));
    const page = await open(subgraph(nodes, edges), {
      title: '</title><script>document.title="run"</script>',
      notes: texts,
      command: '"><img src=x onerror="document.title=1">',
    });
    expect(await page.ask('document.title')).toBe('</title><script>document.title="run"</script>');
    const drawn = await page.ask<string[]>(
      '[...document.querySelectorAll(".node")].map((node) => node.querySelector("text").textContent)',
    );
    expect(drawn.map(seen)).toEqual(texts.map((text) => seen(truncate(showInvisible(text), 60))));
    for (const [index, text] of texts.entries()) {
      await page.ask(`document.getElementById('n${index}').focus()`);
      const heading = await page.ask<string>('document.querySelector("#details h2").textContent');
      expect(heading).toBe(truncate(showInvisible(text), 240));
    }
    expect(await page.ask('document.scripts.length')).toBe(2);
    expect(await page.ask('document.images.length + document.links.length')).toBe(0);
    expectQuiet(page);
  });

  test('would run no other script: the policy is in force', async () => {
    const page = await open(seedSubgraph());
    await page.ask(`{
      const script = document.createElement('script');
      script.textContent = 'document.title = "run"';
      document.body.append(script, Object.assign(new Image(), { src: 'http://127.0.0.1:9/x.png' }));
    }`);
    await expect.poll(() => page.messages.length).toBeGreaterThan(1);
    expect(page.messages.join('\n')).toContain('Content Security Policy');
    expect(await page.ask('document.title')).toBe('What holds Array @123?');
  });
});

async function writePage(graph: Subgraph, options: Partial<ReportOptions>): Promise<string> {
  const format = findFormat('html');
  if (format === null) throw new Error('no html');
  const outputs = await renderOutputs(graph, [{ format, file: null }], {
    legend: true,
    ...options,
  });
  return String(outputs[0]);
}

/** Opens a separate tab, with its inspector listening before anything is loaded. */
async function openPage(port: number, url: string): Promise<OpenPage> {
  const created = await fetch(`http://127.0.0.1:${port}/json/new`, { method: 'PUT' });
  const target = (await created.json()) as { webSocketDebuggerUrl: string };
  const client = await connectInspector(target.webSocketDebuggerUrl);
  onTestFinished(() => client.close());
  const messages: string[] = [];
  const requests: string[] = [];
  client.on('Runtime.consoleAPICalled', ({ args }) => {
    messages.push(args.map(({ value }) => value).join(' '));
  });
  client.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    messages.push(exceptionDetails.exception?.description ?? exceptionDetails.text);
  });
  client.on('Log.entryAdded', ({ entry }) => messages.push(entry.text));
  client.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url !== url) requests.push(request.url);
  });
  for (const domain of ['Page', 'Runtime', 'Network', 'Log'] as const) {
    await client.send(`${domain}.enable`, {} as never);
  }
  await client.send('Emulation.setDeviceMetricsOverride', SIZE);
  // a tab in the background cannot get the focus
  await client.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  const loaded = new Promise<unknown>((resolve) => client.on('Page.loadEventFired', resolve));
  await client.send('Page.navigate', { url });
  await loaded;
  const ask = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
    return result.value as T;
  };
  return {
    ask,
    messages,
    requests,
    key: async (key, modifiers = 0) => {
      const text = key.length === 1 ? { text: key } : {};
      const code = key === 'Enter' ? { text: '\r', windowsVirtualKeyCode: 13 } : {};
      const tab = key === 'Tab' ? { code: 'Tab', windowsVirtualKeyCode: 9 } : {};
      const event = { key, modifiers, ...text, ...code, ...tab };
      await client.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await client.send('Input.dispatchKeyEvent', { type: 'keyUp', key, modifiers });
    },
    type: async (text) => void (await client.send('Input.insertText', { text })),
    mouse: async (type, x, y, more = {}) => {
      await client.send('Input.dispatchMouseEvent', { type, x, y, ...more } as never);
    },
    placeOf: (selector) =>
      ask(`(() => {
        const { left, top, width, height } = document.querySelector('${selector}').getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      })()`),
  };
}

async function viewBox(page: OpenPage) {
  const text = await page.ask<string>('document.querySelector("svg").getAttribute("viewBox")');
  const [x = 0, y = 0, width = 0, height = 0] = text.split(' ').map(Number);
  return { x, y, width, height };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}

function litIds(page: OpenPage, kind: string): Promise<string[]> {
  return page.ask(`[...document.querySelectorAll('.${kind}.on-path')].map(({ id }) => id).sort()`);
}

async function click(page: OpenPage, x: number, y: number): Promise<void> {
  await page.mouse('mousePressed', x, y, { button: 'left', clickCount: 1 });
  await page.mouse('mouseReleased', x, y, { button: 'left', clickCount: 1 });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

async function drag(page: OpenPage, from: Point, to: Point): Promise<void> {
  await page.mouse('mousePressed', from.x, from.y, { button: 'left', clickCount: 1 });
  await page.mouse('mouseMoved', to.x, to.y, { button: 'left', buttons: 1 });
  await page.mouse('mouseReleased', to.x, to.y, { button: 'left', clickCount: 1 });
}

async function clear(page: OpenPage): Promise<void> {
  await page.ask('document.getElementById("search").value = ""');
}

/** Trims blanks at the ends of a drawn line, which are invisible. */
function seen(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}

function expectQuiet({ messages, requests }: OpenPage): void {
  expect(messages).toEqual([]);
  expect(requests).toEqual([]);
}
