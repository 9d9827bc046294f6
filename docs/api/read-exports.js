import { dirname, join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/**
 * All exports of a file of types, each as `{ name, comment, text }`: its declaration without
 * private members, and the text of the comment before it.
 *
 * @param read returns the text of a file.
 */
export function exportsOf(file, read) {
  const module = parse(file, read);
  const found = new Map();
  for (const statement of module.program.body) {
    for (const [name, place] of placesOf(statement, module, read)) found.set(name, place);
  }
  return [...found].map(([name, place]) => ({ name, ...described(place) }));
}

function parse(file, read) {
  const text = read(file);
  const lang = 'ts';
  return { file, text, program: parseAst(text, { lang, sourceType: 'module' }, file) };
}

/** Names that a statement exports, each with the statement that declares it. */
function placesOf(statement, module, read) {
  if (statement.type === 'TSExportAssignment') return membersOf(statement, module, read);
  if (statement.type === 'TSGlobalDeclaration') return [['jest.Matchers', { statement, module }]];
  if (statement.type !== 'ExportNamedDeclaration') return [];
  if (statement.declaration !== null) {
    return namesOf(statement.declaration).map((name) => [name, { statement, module }]);
  }
  return statement.specifiers.map(({ local, exported }) => {
    const from = statement.source === null ? module : follow(statement.source, module, read);
    return [exported.name, declarationOf(local.name, from, read)];
  });
}

function follow({ value }, module, read) {
  return parse(join(dirname(module.file), value.replace(/\.(c?)js$/, '.d.$1ts')), read);
}

function declarationOf(name, module, read) {
  for (const statement of module.program.body) {
    const declaration = statement.declaration ?? statement;
    if (namesOf(declaration).includes(name)) return { statement, module };
    const again = (statement.specifiers ?? []).find(
      ({ type, exported }) => type === 'ExportSpecifier' && exported.name === name,
    );
    if (again !== undefined && statement.source) {
      return declarationOf(again.local.name, follow(statement.source, module, read), read);
    }
  }
  throw new Error(`${module.file} does not declare ${name}`);
}

/** Members of the namespace that a CommonJS entry is; those that are taken from another file are found there. */
function membersOf({ expression }, module, read) {
  const { statement } = declarationOf(expression.name, module, read);
  const { body } = statement.body;
  const imports = new Map();
  for (const { type, specifiers, source } of module.program.body) {
    if (type !== 'ImportDeclaration') continue;
    for (const { local } of specifiers) imports.set(local.name, source);
  }
  return body.flatMap((member) =>
    namesOf(member.declaration ?? member).map((name) => {
      const type = member.declarations?.[0]?.id.typeAnnotation?.typeAnnotation;
      const source = imports.get(type?.exprName?.left?.name);
      if (source === undefined) return [name, { statement: member, module }];
      return [name, declarationOf(type.exprName.right.name, follow(source, module, read), read)];
    }),
  );
}

function namesOf(declaration) {
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.map(({ id }) => id.name);
  return declaration?.id?.name === undefined ? [] : [declaration.id.name];
}

function described({ statement, module }) {
  const before = module.text.slice(0, statement.start);
  const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(before)?.[0] ?? '';
  const text = module.text
    .slice(statement.start, statement.end)
    .replace(/^export (?:declare )?|^declare /, '')
    .replace(/^ *(?:#private|private .*);\n/gm, '');
  return { comment: comment.trim().replace(/^\/\*\*\s*|\s*\*\/$/g, ''), text };
}
