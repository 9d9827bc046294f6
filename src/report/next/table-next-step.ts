import { isPlainName, type NextStep } from './next-step.js';

/** A class as tables list it, the most important first. */
interface ListedClass {
  readonly name: string;
  readonly location: string | null;
}

/** Files of the runtime: what is defined there is not the program's own. */
const RUNTIME = /^(?:node|ext|deno|native|bun):|^internal\//;

/** After a list of classes: who holds the first one that the program defines, else the first one. */
export function classesNextStep(classes: readonly ListedClass[]): NextStep | null {
  const own = classes.find(({ location }) => location !== null && !RUNTIME.test(location));
  const { name } = own ?? classes[0] ?? {};
  if (name === undefined || !isPlainName(name)) return LARGEST;
  return {
    command: 'backrefs',
    options: [
      ['target', `class:${name}`],
      ['largest', true],
    ],
    why: 'who holds the largest of them',
  };
}

const LARGEST: NextStep = {
  command: 'backrefs',
  options: [['target', 'largest']],
  why: 'who holds what retains most',
};

/** After what a heap is: what is in it. */
export const INFO_NEXT_STEP: NextStep = {
  command: 'types',
  options: [['sort', 'retained']],
  why: 'what keeps most memory',
};
