import * as pulumi from "@pulumi/pulumi";

/**
 * What Pulumi makes of one function: a wrapper that makes it anew at each call, in a `with` block of what it captured.
 *
 * Source: `serializeJavaScriptText` in @pulumi/pulumi/runtime/closure/serializeClosure.js
 */
const wrapper =
  /^function (__\w+)\([\w, ]*\) \{\n {2}return \(function\(\) \{\n {4}with\((\{.*\})\) \{\n\nreturn ([\s\S]*?);\n\n {4}\}\n {2}\}\)\.apply\(undefined, undefined\)\.apply\(this, arguments\);\n\}\n/gm;

/**
 * Links the text of a serialized callback: makes each function once, in a scope of its own that holds what it captured.
 *
 * Pulumi's text works it out at every call, for 0.1 to 0.7 µs, and the `with` block hides each name that a function uses from
 * the engine's compiler. What a function captured does not change while it runs (lint sees to that in handlers/), so the
 * result is the same, at the speed of the source (docs/closures.md).
 *
 * @param text of `pulumi.runtime.serializeFunction`
 * @throws Error when the text is not of the form that this knows: of another version of Pulumi
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
      "expected the text of a callback as @pulumi/pulumi 3.248.0 writes it, found " +
        `${unknown?.[0] ?? (exported === "" ? "no export" : "no function")}: mend infra/linked-text.ts`,
    );
  return [
    ...imports,
    "const links = [];\n",
    ...functions.map(linked),
    rest,
    "for (const link of links) link();\n",
    `${exported}\n`,
  ].join("");
}

/**
 * A function in a scope whose names get their values when all that may be captured is there: functions capture each other,
 * and objects of functions.
 */
function linked({ name, captures, source }: { name: string; captures: string; source: string }): string {
  const names = namesIn(captures).join(", ");
  const link = names === "" ? "" : `let ${names};\nlinks.push(() => { ({ ${names} } = ${captures}); });\n`;
  return `const ${name} = (() => {\n${link}return ${source};\n})();\n`;
}

/** The names in an object literal, but `this` and `arguments`, which are no names. */
function namesIn(literal: string): string[] {
  const names = [...literal.matchAll(/"(?:[^"\\]|\\.)*"|([\w$]+): /g)].flatMap(([, name]) => name ?? []);
  return names.filter((name) => name !== "this" && name !== "arguments");
}

/** The text that is deployed for a callback, or a factory of one: serialized by Pulumi, and linked. */
export async function linkedTextOf(callback: () => unknown, isFactory: boolean): Promise<string> {
  const { text } = await pulumi.runtime.serializeFunction(callback, {
    serialize: () => true,
    exportName: "handler",
    isFactoryFunction: isFactory,
  });
  return linkText(text);
}

/** An archive as an output has it: without promises and classes. */
interface Archive {
  assets: Record<string, { text?: string }>;
}

/** Has a `CallbackFunction` deployed with its text linked. */
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
