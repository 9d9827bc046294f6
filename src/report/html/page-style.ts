import { THEMES, type Theme, type ThemeName } from '../dot/theme.js';
import { readTextTemplate } from '../templates.js';

/** How a page looks: as one of the themes, or as the reader's system is set. */
export type PageTheme = ThemeName | 'auto';

/** The style of the page; one that follows the reader's system has the dark theme in it twice. */
export function pageStyle(theme: PageTheme): string {
  const style = readTextTemplate('report.css');
  if (theme !== 'auto') return style;
  const dark = style.match(/^[^\n{}]*\[data-theme='dark'\][^{}]*\{[^{}]*\}/gm) ?? [];
  const rules = [...dark.map((rule) => rule.replace("='dark'", "='auto'")), ...pictureRules()];
  return `${style}@media (prefers-color-scheme: dark) {\n${rules.join('\n')}\n}\n`;
}

/** Gives the colours of the light picture those of the dark one. */
function pictureRules(): readonly string[] {
  const rules = (selector: string, property: string, coloursOf: (theme: Theme) => string[]) => {
    const dark = coloursOf(THEMES.dark);
    const changes = new Map(coloursOf(THEMES.light).map((from, at) => [from, dark[at] ?? from]));
    return [...changes].map(
      ([from, to]) =>
        `[data-theme='auto'] svg ${selector}[${property}="${from}"] { ${property}: ${to}; }`,
    );
  };
  return [
    ...rules('', 'fill', ({ background, depthFills, root, highlight, more, folded }) => [
      ...[root.fill, highlight.fill, more.fill, folded.fill, ...depthFills, background],
    ]),
    ...rules('', 'stroke', ({ border, target, root, highlight, more, folded }) => [
      ...[target.border, root.border, highlight.border, more.border, folded.border, border],
    ]),
    ...rules('.edge ', 'fill', ({ edge, weakEdge, more }) => [edge, weakEdge, more.border]),
    ...rules('.edge ', 'stroke', ({ edge, weakEdge }) => [edge, weakEdge]),
    ...rules('text', 'fill', ({ text, quietText, target, root, highlight, more, folded }) => [
      ...[text, target.text, root.text, highlight.text, more.text, folded.text, quietText],
    ]),
  ];
}
