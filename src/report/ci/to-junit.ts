import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { escapeXml, escapeXmlAttribute } from '../escape-xml.js';
import { textTree } from '../text.js';
import { type Check, type Finding, paragraphOf } from './check.js';

const TITLE_LENGTH = 200;
const TEXT_LENGTH = 1000;
const MOST_LINES = 200;

/**
 * JUnit's XML: one test case for each suspect or limit, which fails where the command ends with exit
 * code 3. Where nothing was found there is one case, which passes.
 */
export function toJunit(check: Check): string {
  const { command, findings } = check;
  const cases =
    findings.length === 0 ? [nothingCase(check)] : findings.map((one) => toCase(one, command));
  const count = (verdict: Finding['verdict']) =>
    findings.filter((finding) => finding.verdict === verdict).length;
  const counts = `tests="${cases.length}" failures="${count('fails')}" errors="0"`;
  const notes = [check.subject, ...check.notes].map((note) => escapeXml(cut(note, TEXT_LENGTH)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="showbackref" ${counts}>`,
    `  <testsuite name="showbackref ${command}" ${counts} skipped="${count('accepted')}">`,
    ...cases,
    `    <system-out>${notes.join('\n')}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function nothingCase({ command, nothing }: Check): string {
  return `    <testcase classname="showbackref.${command}" name="${escapeXmlAttribute(cut(nothing, TITLE_LENGTH))}"/>`;
}

function toCase(finding: Finding, command: Check['command']): string {
  const { rule, title } = finding;
  const name = escapeXmlAttribute(cut(`${rule}: ${title}`, TITLE_LENGTH));
  const start = `    <testcase classname="showbackref.${command}" name="${name}"`;
  const body = bodyOf(finding);
  return body === '' ? `${start}/>` : `${start}>${body}</testcase>`;
}

function bodyOf(finding: Finding): string {
  const { verdict, rule, reason } = finding;
  const text = cut(paragraphOf(finding), TEXT_LENGTH);
  switch (verdict) {
    case 'fails': {
      const lines = [
        text,
        ...(finding.spot === null ? [] : [placeOf(finding.spot)]),
        '',
        ...treeOf(finding),
      ];
      const content = lines.map(escapeXml).join('\n');
      return `<failure type="${rule}" message="${escapeXmlAttribute(text)}">${content}</failure>`;
    }
    case 'accepted':
      return `<skipped>Accepted: ${escapeXml(cut(reason ?? '', TEXT_LENGTH))}</skipped>`;
    case 'noted':
      return `<system-out>${escapeXml(text)}</system-out>`;
    case 'passes':
      return '';
  }
}

function placeOf({ file, line, column }: NonNullable<Finding['spot']>): string {
  return [file, line, column].filter((part) => part !== null).join(':');
}

function treeOf({ picture }: Finding): readonly string[] {
  return picture === null ? [] : textTree(picture).slice(0, MOST_LINES);
}

function cut(text: string, limit: number): string {
  return truncate(showInvisible(text), limit);
}
