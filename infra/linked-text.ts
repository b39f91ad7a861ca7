import * as pulumi from "@pulumi/pulumi";

/**
 * Pulumi's form of a function: a wrapper that creates it anew on each call, in a `with` block of what it captured.
 *
 * Source: `serializeJavaScriptText` in @pulumi/pulumi/runtime/closure/serializeClosure.js
 */
const wrapper =
  /^function (__\w+)\([\w, ]*\) \{\n {2}return \(function\(\) \{\n {4}with\((\{.*\})\) \{\n\nreturn ([\s\S]*?);\n\n {4}\}\n {2}\}\)\.apply\(undefined, undefined\)\.apply\(this, arguments\);\n\}\n/gm;

/**
 * Links the text of a serialized callback: creates each function once, in its own scope with what it captured.
 *
 * Pulumi's text does that on every call, which takes 0.1 to 0.7 µs, and its `with` block hides every name that a function
 * uses from the engine's compiler. What a function captured does not change at run time (lint enforces that in handlers/),
 * so the result is the same, at the speed of the source (docs/closures.md).
 *
 * @param text of `pulumi.runtime.serializeFunction`
 * @throws Error if the text does not have the known form, because it is from another version of Pulumi
 */
export function linkText(text: string): string {
  const functions: { name: string; captures: string; source: string }[] = [];
  const imports: string[] = [];
  let rest = text.replace(wrapper, (_, name: string, captures: string, source: string) => {
    functions.push({ name, captures, source });
    return "";
  });
  rest = rest.replace(/^const \w+ = require\("[^"\n]+"\);\n/gm, (line) => {
    imports.push(line);
    return "";
  });
  let exported = "";
  rest = rest.replace(/^exports\.\w+ = __\w+(?:\(\))?;$/m, (line) => {
    exported = line;
    return "";
  });
  const unknown = /^function __.*$|^ {4}with\(.*$/m.exec(
    [rest, ...functions.map(({ source }) => source)].join("\n"),
  );
  if (unknown !== null || exported === "" || functions.length === 0)
    throw new Error(
      "expected the text of a callback as written by @pulumi/pulumi 3.248.0, found " +
        `${unknown?.[0] ?? (exported === "" ? "no export" : "no function")}: adapt infra/linked-text.ts`,
    );
  // No function may capture a variable of this name: its own would hide the list.
  let links = "$links";
  while (text.includes(links)) links = `$${links}`;
  return [
    ...imports,
    `const ${links} = [];\n`,
    ...functions.map((each) => linked(each, links)),
    rest,
    `for (const link of ${links}) link();\n`,
    `${exported}\n`,
  ].join("");
}

/**
 * A function in a scope whose names get their values once everything that may be captured exists: functions capture each
 * other, and objects of functions.
 */
function linked(
  { name, captures, source }: { name: string; captures: string; source: string },
  links: string,
): string {
  const names = namesIn(captures).join(", ");
  const link = names === "" ? "" : `let ${names};\n${links}.push(() => { ({ ${names} } = ${captures}); });\n`;
  return `const ${name} = (() => {\n${link}return ${source};\n})();\n`;
}

/** The names in an object literal, except `this` and `arguments`, which are not names. */
function namesIn(literal: string): string[] {
  const names = [...literal.matchAll(/"(?:[^"\\]|\\.)*"|([\w$]+): /g)].flatMap(([, name]) => name ?? []);
  return names.filter((name) => name !== "this" && name !== "arguments");
}

/** The deployed text of a callback or a factory of one: serialized by Pulumi, and linked. */
export async function linkedTextOf(callback: () => unknown, isFactory: boolean): Promise<string> {
  const { text } = await pulumi.runtime.serializeFunction(callback, {
    serialize: () => true,
    exportName: "handler",
    isFactoryFunction: isFactory,
  });
  return linkText(text);
}

/** An archive as in an output: without promises and classes. */
interface Archive {
  assets: Record<string, { text?: string }>;
}

/** Makes a `CallbackFunction` deploy linked text. */
export const withLinkedText: pulumi.ResourceTransformation = ({ props, opts }) => {
  const code = (props as { code: pulumi.Output<Archive> }).code.apply(({ assets }) => {
    const text = assets["__index.js"]?.text;
    if (text === undefined)
      throw new Error(`expected the callback's text as __index.js, found ${Object.keys(assets).join(", ")}`);
    const linkedText = new pulumi.asset.StringAsset(linkText(text));
    return new pulumi.asset.AssetArchive({ ...assets, "__index.js": linkedText } as pulumi.asset.AssetMap);
  });
  return { props: { ...props, code }, opts };
};
