import type * as typescript from "typescript";

/** A place in a file, from 1 on. */
export interface Place {
  line: number;
  column: number;
}

/** The source of a rule, as far as problems are placed by it. */
export interface RuleSource {
  /** What it imports, but types. */
  imports: (Place & { name: string })[];
  /** Where a value of an export stands, by its path: `rule.events[1]`; what is not written out stands where it begins. */
  placeOf(path: string): Place;
}

/** Reads the source of a rule. What is not TypeScript is read as far as it goes. */
export function readSource(source: string): RuleSource {
  const ts = require("typescript") as typeof typescript;
  const file = ts.createSourceFile("rule.ts", source, ts.ScriptTarget.Latest, true);
  const placeAt = (node: typescript.Node): Place => {
    const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
    return { line: line + 1, column: character + 1 };
  };
  const declarations = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);

  /** The member or element of a value that is written out. */
  const inside = (node: typescript.Node, step: string): typescript.Node | undefined => {
    const value = withoutTypes(ts, node);
    if (ts.isArrayLiteralExpression(value)) return value.elements[Number(step)];
    if (!ts.isObjectLiteralExpression(value)) return undefined;
    const member = value.properties.find(({ name }) => name !== undefined && textOfName(ts, name) === step);
    return member !== undefined && ts.isPropertyAssignment(member) ? member.initializer : member;
  };

  const placeOf = (path: string): Place => {
    const [name = "", ...steps] = [...path.matchAll(/[\w:#/-]+/g)].map(([step]) => step);
    const declaration = declarations.find((one) => one.name.getText(file) === name);
    if (declaration === undefined) return { line: 1, column: 1 };
    let node: typescript.Node = declaration.initializer ?? declaration;
    let deepest: typescript.Node = declaration;
    for (const step of steps) {
      const next = inside(node, step);
      if (next === undefined) break;
      deepest = node = next;
    }
    return placeAt(deepest);
  };

  const imports = file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier: from } = statement;
    const isOfTypes = ts.isImportDeclaration(statement)
      ? statement.importClause?.isTypeOnly
      : statement.isTypeOnly;
    if (from === undefined || !ts.isStringLiteral(from) || isOfTypes === true) return [];
    return [{ name: from.text, ...placeAt(statement) }];
  });
  return { imports, placeOf };
}

function textOfName(ts: typeof typescript, name: typescript.PropertyName): string {
  return ts.isComputedPropertyName(name) ? "" : name.text;
}

/** `value` of `value as Type` and `value satisfies Type`. */
function withoutTypes(ts: typeof typescript, node: typescript.Node): typescript.Node {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
    ? withoutTypes(ts, node.expression)
    : node;
}
