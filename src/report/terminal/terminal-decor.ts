/** The abilities of a terminal beyond plain text. */
export interface TerminalDecor {
  readonly hasColours: boolean;
  /** Links that open a file (OSC 8). */
  readonly hasLinks: boolean;
}

export const NO_DECOR: TerminalDecor = { hasColours: false, hasLinks: false };

type Environment = Readonly<Record<string, string | undefined>>;

/** Tests for the terminals that are known to open links. */
const KNOWS_LINKS: readonly ((env: Environment) => boolean)[] = [
  ({ TERM_PROGRAM = '' }) => /^(?:iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio)$/.test(TERM_PROGRAM),
  ({ VTE_VERSION = '' }) => Number(VTE_VERSION) >= 5000,
  ({ WT_SESSION, KITTY_WINDOW_ID, KONSOLE_VERSION, DOMTERM }) =>
    [WT_SESSION, KITTY_WINDOW_ID, KONSOLE_VERSION, DOMTERM].some(Boolean),
  ({ TERM = '' }) => /^(?:xterm-kitty|alacritty|foot)/.test(TERM),
];

/** By the customs of NO_COLOR, FORCE_COLOR and FORCE_HYPERLINK; an empty variable says nothing. */
export function decorOf(
  { isTTY: isTerminal = false }: { readonly isTTY?: boolean },
  env: Environment,
): TerminalDecor {
  const { NO_COLOR, FORCE_COLOR, FORCE_HYPERLINK, TERM = '' } = env;
  const isDumb = TERM === 'dumb';
  const isMultiplexed = /^(?:screen|tmux)/.test(TERM);
  const knows = isTerminal && !isDumb && !isMultiplexed && KNOWS_LINKS.some((test) => test(env));
  return {
    hasColours: !NO_COLOR && (saysYes(FORCE_COLOR) ?? (isTerminal && !isDumb)),
    hasLinks: saysYes(FORCE_HYPERLINK) ?? knows,
  };
}

function saysYes(value: string | undefined): boolean | null {
  if (!value) return null;
  return value !== '0' && value !== 'false';
}
