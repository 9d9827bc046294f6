import { escapeInvisible, showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { toolVersion } from '../about.js';
import { type Check, type CheckRule, type Finding, paragraphOf, type SourceSpot } from './check.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** GitHub's name for the folder into which the repository was checked out. */
const ROOT = '%SRCROOT%';
/** By this name a finding is found again in a later run; another way to make fingerprints would have another. */
const FINGERPRINT = 'showbackref/v1';
const MESSAGE_LENGTH = 1000;
const TITLE_LENGTH = 200;

/** The name and meaning of each rule in code scanning. */
const RULES: Readonly<Record<CheckRule, { readonly name: string; readonly words: string }>> = {
  proof: {
    name: 'EndedAndStillHeld',
    words: 'What has ended is not needed any more, and is still held.',
  },
  leak: { name: 'GrewEveryTime', words: 'It grew at each of three or more moments.' },
  growth: { name: 'Grew', words: 'It grew between two moments and may still be filling up.' },
  size: {
    name: 'HoldsMost',
    words: 'It holds the most; one snapshot cannot tell whether it grows.',
  },
  limit: { name: 'LimitCrossed', words: 'A class has more objects or bytes than a limit allows.' },
};
const NAMES = Object.keys(RULES) as readonly CheckRule[];

/** A log in the format SARIF 2.1.0, which code scanning of GitHub and others read. */
export function toSarif(check: Check): string {
  const found = check.findings.filter(({ verdict }) => verdict !== 'passes');
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'showbackref', version: toolVersion(), rules: NAMES.map(toRule) } },
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository' } } },
        columnKind: 'utf16CodeUnits',
        results: found.map((finding) => toResult(finding, check)),
        properties: { command: check.command, subject: shown(check.subject, TITLE_LENGTH) },
      },
    ],
  };
  return `${escapeInvisible(JSON.stringify(log, null, 2))}\n`;
}

function toRule(id: CheckRule) {
  const { name, words } = RULES[id];
  return { id, name, shortDescription: { text: words }, help: { text: words } };
}

function toResult(finding: Finding, check: Check) {
  const { rule, title, fingerprint, facts, reason, verdict } = finding;
  return {
    ruleId: rule,
    ruleIndex: NAMES.indexOf(rule),
    level: levelOf(finding),
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: toPhysical(finding.spot, check.source),
        logicalLocations: [{ name: shown(title, TITLE_LENGTH) }],
      },
    ],
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    ...(verdict === 'accepted' && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: shown(reason ?? '', MESSAGE_LENGTH),
        },
      ],
    }),
    properties: facts,
  };
}

function levelOf({ verdict, rule }: Finding): 'error' | 'warning' | 'note' {
  if (verdict === 'fails') return 'error';
  return rule === 'size' ? 'note' : 'warning';
}

/**
 * The line of the holder. Where no file is known, the heap in which it was found: code scanning refuses
 * a result without a place.
 */
function toPhysical(spot: SourceSpot | null, source: string) {
  const uri = toUri(spot?.file ?? source);
  if (spot === null) return { artifactLocation: { uri } };
  const { line, column } = spot;
  return {
    artifactLocation: { uri, uriBaseId: ROOT },
    // readers take the first line for a file as a whole
    region: { startLine: line ?? 1, ...(column !== null && { startColumn: column }) },
  };
}

/**
 * A relative reference below the root, whatever is in the name of the file: a colon in its first part would
 * make a scheme, two slashes the name of a machine, two dots a step out of the repository.
 */
function toUri(file: string): string {
  const parts = showInvisible(file).split('/');
  return (
    parts
      .filter((part) => !/^\.{0,2}$/.test(part))
      .map(encodeURIComponent)
      .join('/') || 'heap'
  );
}

/** Text with brackets could be a link, and a number in braces the place of an argument. */
function messageOf(finding: Finding): string {
  const text = shown(`${finding.title}: ${paragraphOf(finding)}`, MESSAGE_LENGTH);
  return text.replace(/[\\[\]]/g, '\\$&').replace(/\{(\d+)\}/g, '{{$1}}');
}

function shown(text: string, limit: number): string {
  return truncate(showInvisible(text), limit);
}
