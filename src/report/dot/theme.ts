/** The themes in which a picture can be drawn. */
export type ThemeName = 'light' | 'dark';

/** Fill, border and text of one kind of box. */
export interface Paint {
  readonly fill: string;
  readonly border: string;
  readonly text: string;
}

/** Every colour of a picture. Text on a fill has a contrast of at least 4.5 to 1. */
export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly quietText: string;
  readonly border: string;
  readonly edge: string;
  readonly weakEdge: string;
  /** Fill by steps from the target; the last one serves all deeper nodes. */
  readonly depthFills: readonly string[];
  /** The target keeps the fill of depth 0. */
  readonly target: { readonly border: string; readonly text: string };
  readonly root: Paint;
  readonly highlight: Paint;
  readonly more: Paint;
  /** A box for objects that do not decide whether the target lives. */
  readonly folded: Paint;
}

const LIGHT: Theme = {
  background: '#ffffff',
  text: '#14171a',
  quietText: '#5b636d',
  border: '#4a525c',
  edge: '#4a525c',
  weakEdge: '#8b949e',
  depthFills: ['#ffffff', '#f0f2f4', '#e1e4e8', '#d1d5da', '#c2c7cd', '#b3b9c1', '#a5acb5'],
  target: { border: '#cf1322', text: '#cf1322' },
  root: { fill: '#c3ecc8', border: '#1a7f37', text: '#0b3d1a' },
  highlight: { fill: '#d9eaff', border: '#0a58ca', text: '#06305f' },
  more: { fill: '#8b1a1a', border: '#8b1a1a', text: '#ffffff' },
  folded: { fill: '#ffffff', border: '#8b949e', text: '#5b636d' },
};

const DARK: Theme = {
  background: '#0d1117',
  text: '#f0f3f6',
  quietText: '#9aa4af',
  border: '#7d8793',
  edge: '#9aa4af',
  weakEdge: '#6b7580',
  depthFills: ['#0d1117', '#1b222b', '#252d37', '#2f3843', '#39434f', '#434e5b', '#4d5967'],
  target: { border: '#ff7b72', text: '#ff7b72' },
  root: { fill: '#12401f', border: '#3fb950', text: '#d7f5dd' },
  highlight: { fill: '#0a3566', border: '#58a6ff', text: '#dcecff' },
  more: { fill: '#a32a2a', border: '#ff7b72', text: '#ffffff' },
  folded: { fill: '#0d1117', border: '#6b7580', text: '#9aa4af' },
};

/** Colours by theme name. */
export const THEMES: Readonly<Record<ThemeName, Theme>> = { light: LIGHT, dark: DARK };
