/*
 * Makes the picture one to explore: pan, zoom, paths, search, details, keys. Reads what it shows from
 * the JSON in the page and writes it as text only. Graphviz named the elements: n3 is nodes[3].
 */
const STEP = 1.25;
const MOST_SCALE = 8;
/** A small picture is not blown up beyond this, a large one opens at this scale around its target. */
const LARGEST_FIT = 1.6;
const SMALLEST_FIT = 0.45;
const PAN_PIXELS = 60;
const DRAG_PIXELS = 4;

const { nodes, edges } = JSON.parse(document.getElementById('report-data').textContent);
const stage = document.getElementById('stage');
const svg = stage.querySelector('svg');
const search = document.getElementById('search');
const found = document.getElementById('found');
const details = document.getElementById('details');
const nodeElements = nodes.map((_, index) => document.getElementById(`n${index}`));
const edgeElements = edges.map((_, index) => document.getElementById(`e${index}`));

// --- The view: the part of the picture that is shown, in points ---

const whole = { ...toBox(svg.viewBox.baseVal) };
let view = whole;

function toBox({ x, y, width, height }) {
  return { x, y, width, height };
}

function show(box) {
  view = box;
  svg.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height}`);
}

/** Pixels per point. */
function scale() {
  const { width, height } = svg.getBoundingClientRect();
  return Math.min(width / view.width, height / view.height);
}

function fit() {
  const { width, height } = svg.getBoundingClientRect();
  const grow = Math.max(1, Math.min(width / whole.width, height / whole.height) / LARGEST_FIT);
  show(around({ x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 }, whole.width * grow, whole.height * grow));
}

function around({ x, y }, width, height) {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** The point stays where it is on the screen. */
function zoom(factor, point = centre()) {
  const least = Math.min(1, scaleToFit()) / 4;
  const by = Math.min(Math.max(scale() * factor, least), MOST_SCALE) / scale();
  const { x, y, width, height } = view;
  show({
    x: point.x - (point.x - x) / by,
    y: point.y - (point.y - y) / by,
    width: width / by,
    height: height / by,
  });
}

function scaleToFit() {
  const { width, height } = svg.getBoundingClientRect();
  return Math.min(width / whole.width, height / whole.height);
}

/** Moves the picture by pixels. */
function pan(right, down) {
  const pixels = scale();
  show({ ...view, x: view.x - right / pixels, y: view.y - down / pixels });
}

function centre() {
  return { x: view.x + view.width / 2, y: view.y + view.height / 2 };
}

/** A place on the screen as a point of the picture. */
function pointAt({ clientX, clientY }) {
  return new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
}

function middleOf(index) {
  const { left, top, width, height } = nodeElements[index].getBoundingClientRect();
  return { clientX: left + width / 2, clientY: top + height / 2 };
}

/** Scrolls a node into sight if it is not, never changing the scale. */
function reveal(index) {
  const box = nodeElements[index].getBoundingClientRect();
  const frame = svg.getBoundingClientRect();
  const isInside =
    box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
  if (!isInside) show(around(pointAt(middleOf(index)), view.width, view.height));
}

/** All of the picture, or the target where all of it would be too small to read. */
function open() {
  fit();
  if (scale() >= SMALLEST_FIT) return;
  zoom(1 / scale());
  show(around(pointAt(middleOf(0)), view.width, view.height));
}

// --- Paths ---

let selected = null;
let pointed = null;

/** From a root to the node and on to a target: every node knows the next reference either way. */
function pathThrough(index) {
  const path = { nodes: new Set([index]), edges: new Set() };
  const walk = (step, end) => {
    for (let edge = nodes[index][step], at; edge !== null; edge = nodes[at][step]) {
      at = edges[edge][end];
      path.edges.add(edge);
      if (path.nodes.has(at)) return;
      path.nodes.add(at);
    }
  };
  walk('up', 'from');
  walk('down', 'to');
  return path;
}

function showPath() {
  const index = pointed ?? selected;
  const path = index === null ? { nodes: new Set(), edges: new Set() } : pathThrough(index);
  svg.classList.toggle('has-path', index !== null);
  nodeElements.forEach((element, at) => element.classList.toggle('on-path', path.nodes.has(at)));
  edgeElements.forEach((element, at) => element?.classList.toggle('on-path', path.edges.has(at)));
}

function point(index) {
  if (pointed === index) return;
  pointed = index;
  showPath();
}

function select(index) {
  if (selected === index) return;
  selected = index;
  nodeElements.forEach((element, at) => element.classList.toggle('selected', at === index));
  showPath();
  showDetails(index);
}

function indexOf(target) {
  const element = target instanceof Element ? target.closest('.node') : null;
  return element === null ? null : nodeElements.indexOf(element);
}

// --- Details ---

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function showDetails(index) {
  details.hidden = index === null;
  if (index === null) return;
  const node = nodes[index];
  const fields = node.fields.flatMap(([name, value]) => [
    make('dt', { textContent: name }),
    make('dd', { textContent: value }),
  ]);
  details.replaceChildren(
    make('h2', { textContent: node.label, tabIndex: -1 }),
    make('dl', { className: 'about' }, ...fields),
    ...referenceList('Held by', index, 'to', 'from'),
    ...referenceList('Holds', index, 'from', 'to'),
  );
  details.closest('.side').scrollTop = 0;
}

function referenceList(title, index, near, far) {
  const items = edges
    .filter((edge) => edge[near] === index)
    .map((edge) => make('li', {}, referenceButton(edge, edge[far])));
  if (items.length === 0) return [];
  return [make('h3', { textContent: `${title} (${items.length})` }), make('ul', {}, ...items)];
}

function referenceButton({ label, weak }, other) {
  const words = [make('code', { textContent: label }), ` ${nodes[other].label}`, weak ? ' (weak)' : ''];
  const button = make('button', { type: 'button' }, ...words);
  button.addEventListener('pointerenter', () => point(other));
  button.addEventListener('pointerleave', () => point(null));
  button.addEventListener('click', () => {
    pointed = null;
    select(other);
    reveal(other);
    details.querySelector('h2').focus();
  });
  return button;
}

// --- Search ---

let matches = [];
let current = -1;

function find() {
  const text = search.value.trim().toLowerCase();
  matches = text === '' ? [] : [...nodes.keys()].filter((index) => nodes[index].text.includes(text));
  current = -1;
  nodeElements.forEach((element, index) => element.classList.toggle('match', matches.includes(index)));
  found.textContent = text === '' ? '' : matches.length === 0 ? 'none' : `${matches.length} found`;
}

function goToMatch(step) {
  if (matches.length === 0) return;
  current = (current + step + matches.length) % matches.length;
  const index = matches[current];
  found.textContent = `${current + 1} of ${matches.length}`;
  select(index);
  reveal(index);
}

// --- Keys ---

/** Where an arrow key leads from a node, or null. */
function neighbour(index, key) {
  const { up, down } = nodes[index];
  if (key === 'ArrowUp') return up === null ? firstEnd(index, 'to', 'from') : edges[up].from;
  if (key === 'ArrowDown') return down === null ? firstEnd(index, 'from', 'to') : edges[down].to;
  const row = down === null ? [index] : holdersOf(edges[down].to);
  const at = row.indexOf(index) + (key === 'ArrowLeft' ? -1 : 1);
  return row[at] ?? null;
}

function firstEnd(index, near, far) {
  return edges.find((edge) => edge[near] === index)?.[far] ?? null;
}

/** From left to right. */
function holdersOf(index) {
  const holders = edges.filter(({ to }) => to === index).map(({ from }) => from);
  const left = new Map(holders.map((holder) => [holder, middleOf(holder).clientX]));
  return [...left.keys()].sort((a, b) => left.get(a) - left.get(b));
}

const PANS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [1, 0], ArrowRight: [-1, 0] };
const KEYS = {
  '+': () => zoom(STEP),
  '=': () => zoom(STEP),
  '-': () => zoom(1 / STEP),
  0: fit,
  '/': () => search.focus(),
  Escape: () => {
    select(null);
    document.activeElement.blur();
  },
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === search && event.key !== 'Escape') return;
  const node = indexOf(event.target);
  const pans = PANS[event.key];
  if (node !== null && (event.key === 'Enter' || event.key === ' ')) showDetails(node);
  else if (node !== null && pans) focusNode(neighbour(node, event.key));
  else if (pans && !event.target.closest('.side')) pan(pans[0] * PAN_PIXELS, pans[1] * PAN_PIXELS);
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
}

function focusNode(index) {
  if (index !== null) nodeElements[index].focus();
}

// --- Pointers ---

const pointers = new Map();
let dragged = 0;

function onPress(event) {
  if (event.button !== 0) return;
  if (pointers.size === 0) dragged = 0;
  pointers.set(event.pointerId, event);
}

function onMove(event) {
  const before = pointers.get(event.pointerId);
  if (before === undefined) return;
  const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
  const [right, down] = [event.clientX - before.clientX, event.clientY - before.clientY];
  dragged += Math.abs(right) + Math.abs(down);
  if (dragged < DRAG_PIXELS) return;
  pointers.set(event.pointerId, event);
  svg.classList.add('dragging');
  if (other === undefined) return pan(right, down);
  // the other finger stands still for this event
  zoom(distance(event, other) / Math.max(1, distance(before, other)), pointAt(other));
}

function distance(a, b) {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}

function onRelease(event) {
  pointers.delete(event.pointerId);
  if (pointers.size === 0) svg.classList.remove('dragging');
}

function onWheel(event) {
  event.preventDefault();
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  const speed = event.ctrlKey ? 0.01 : 0.0015;
  zoom(Math.exp(-event.deltaY * lines * speed), pointAt(event));
}

function onClick(event) {
  if (dragged >= DRAG_PIXELS) return;
  select(indexOf(event.target));
}

// --- Start ---

/** Names the nodes for a screen reader and puts them in the order of the data: targets first. */
function prepareNodes() {
  nodeElements.forEach((element, index) => {
    const { label, fields } = nodes[index];
    const held = edges.filter(({ to }) => to === index).length;
    const words = fields.slice(0, 3).map(([, value]) => value);
    element.setAttribute('tabindex', '0');
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', [label, ...words, `held by ${held}`].join(', '));
    element.parentNode.append(element);
  });
  // shown by the panel; as tooltips they would cover the picture
  for (const title of svg.querySelectorAll('title')) title.remove();
  for (const link of svg.querySelectorAll('a')) link.removeAttribute('xlink:title');
}

function listen() {
  svg.addEventListener('wheel', onWheel, { passive: false });
  svg.addEventListener('pointerdown', onPress);
  svg.addEventListener('click', onClick);
  svg.addEventListener('pointerover', (event) => point(indexOf(event.target)));
  svg.addEventListener('pointerleave', () => point(null));
  // not on the picture itself, which Chrome would make a stop for Tab
  stage.addEventListener('focusin', (event) => {
    const index = indexOf(event.target);
    select(index);
    if (index !== null && event.target.matches(':focus-visible')) reveal(index);
  });
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onRelease);
  window.addEventListener('pointercancel', onRelease);
  window.addEventListener('beforeprint', () => show(whole));
  document.addEventListener('keydown', onKey);
  search.addEventListener('input', find);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') goToMatch(event.shiftKey ? -1 : 1);
  });
  document.getElementById('zoom-in').addEventListener('click', () => zoom(STEP));
  document.getElementById('zoom-out').addEventListener('click', () => zoom(1 / STEP));
  document.getElementById('zoom-fit').addEventListener('click', fit);
}

document.documentElement.classList.add('interactive');
for (const id of ['tools', 'help']) document.getElementById(id).hidden = false;
svg.removeAttribute('width');
svg.removeAttribute('height');
svg.setAttribute('role', 'group');
prepareNodes();
open();
listen();
