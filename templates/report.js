/*
 * Makes the picture one to explore: paths, search, details, keys; report-view.js, which stands before it in
 * the same script, zooms. Reads what it shows from the JSON in the page and writes it as text only.
 * Graphviz named the elements: n3 is nodes[3].
 */
const STEP = 1.25;
const PAN_PIXELS = 60;
const DRAG_PIXELS = 4;

const { nodes, edges } = JSON.parse(document.getElementById('report-data').textContent);
const stage = document.getElementById('stage');
const svg = stage.querySelector('svg');
const view = new View(svg);
const search = document.getElementById('search');
const found = document.getElementById('found');
const details = document.getElementById('details');
const nodeElements = nodes.map((_, index) => document.getElementById(`n${index}`));
const edgeElements = edges.map((_, index) => document.getElementById(`e${index}`));

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
  mark(nodeElements, 'on-path', (at) => path.nodes.has(at));
  mark(edgeElements, 'on-path', (at) => path.edges.has(at));
}

function mark(elements, className, isMarked) {
  for (const [at, element] of elements.entries()) element.classList.toggle(className, isMarked(at));
}

function point(index) {
  if (pointed === index) return;
  pointed = index;
  showPath();
}

function select(index) {
  if (selected === index) return;
  selected = index;
  mark(nodeElements, 'selected', (at) => at === index);
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
  const words = [
    make('code', { textContent: label }),
    ` ${nodes[other].label}`,
    weak ? ' (weak)' : '',
  ];
  const button = make('button', { type: 'button' }, ...words);
  button.addEventListener('pointerenter', () => point(other));
  button.addEventListener('pointerleave', () => point(null));
  button.addEventListener('click', () => {
    pointed = null;
    select(other);
    view.reveal(nodeElements[other]);
    details.querySelector('h2').focus();
  });
  return button;
}

// --- Search ---

let matches = [];
let current = -1;

function find() {
  const text = search.value.trim().toLowerCase();
  matches =
    text === '' ? [] : [...nodes.keys()].filter((index) => nodes[index].text.includes(text));
  current = -1;
  mark(nodeElements, 'match', (index) => matches.includes(index));
  found.textContent = text === '' ? '' : matches.length === 0 ? 'none' : `${matches.length} found`;
}

function goToMatch(step) {
  if (matches.length === 0) return;
  current = (current + step + matches.length) % matches.length;
  const index = matches[current];
  found.textContent = `${current + 1} of ${matches.length}`;
  select(index);
  view.reveal(nodeElements[index]);
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
  const left = new Map(holders.map((holder) => [holder, middleOf(nodeElements[holder]).clientX]));
  return [...left.keys()].sort((a, b) => left.get(a) - left.get(b));
}

const PANS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [1, 0], ArrowRight: [-1, 0] };
const KEYS = {
  '+': () => view.zoom(STEP),
  '=': () => view.zoom(STEP),
  '-': () => view.zoom(1 / STEP),
  0: () => view.showAll(),
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
  else if (pans && !event.target.closest('.side'))
    view.pan(pans[0] * PAN_PIXELS, pans[1] * PAN_PIXELS);
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
  if (other === undefined) return view.pan(right, down);
  // the other finger stands still for this event
  view.zoom(distance(event, other) / Math.max(1, distance(before, other)), view.pointAt(other));
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
  view.zoom(Math.exp(-event.deltaY * lines * speed), view.pointAt(event));
}

function onClick(event) {
  if (dragged >= DRAG_PIXELS) return;
  select(indexOf(event.target));
}

// --- Start ---

/** Names the nodes for a screen reader and puts them in the order of the data: targets first. */
function prepareNodes() {
  for (const [index, element] of nodeElements.entries()) {
    const { label, fields } = nodes[index];
    const held = edges.filter(({ to }) => to === index).length;
    const words = fields.slice(0, 3).map(([, value]) => value);
    element.setAttribute('tabindex', '0');
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', [label, ...words, `held by ${held}`].join(', '));
    element.parentNode.append(element);
  }
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
    if (index !== null && event.target.matches(':focus-visible')) view.reveal(nodeElements[index]);
  });
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onRelease);
  window.addEventListener('pointercancel', onRelease);
  window.addEventListener('beforeprint', () => view.showAll());
  document.addEventListener('keydown', onKey);
  search.addEventListener('input', find);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') goToMatch(event.shiftKey ? -1 : 1);
  });
  document.getElementById('zoom-in').addEventListener('click', () => view.zoom(STEP));
  document.getElementById('zoom-out').addEventListener('click', () => view.zoom(1 / STEP));
  document.getElementById('zoom-fit').addEventListener('click', () => view.showAll());
}

document.documentElement.classList.add('interactive');
for (const id of ['tools', 'help']) document.getElementById(id).hidden = false;
svg.setAttribute('role', 'group');
prepareNodes();
view.showStart(nodeElements[0]);
listen();
