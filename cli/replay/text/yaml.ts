/** YAML as written by `aws … --output yaml`: recognized by its first line, and by the fields that can contain a record. */
export function isYaml(head: string): boolean {
  const first = head.split("\n").find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
  return (
    /^(?:---(?:\s|$)|(?:- )*["']?@?[A-Za-z_][\w.-]*["']?:(?:\s|$))/.test(first) &&
    /^[\s-]*["']?(?:CloudTrailEvent|eventName|message|'?@message'?|Body|Events|events|Records)["']?:/m.test(
      head,
    )
  );
}

/** The documents of a YAML text. @throws if it is broken or not YAML */
export function yamlDocuments(text: string): unknown[] {
  const { loadAll, JSON_SCHEMA } = require("js-yaml") as {
    loadAll(text: string, iterator: null, options: { schema: unknown }): unknown[];
    JSON_SCHEMA: unknown;
  };
  try {
    return loadAll(text, null, { schema: JSON_SCHEMA });
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number } };
    throw new Error(
      `its YAML is broken${mark === undefined ? "" : ` on line ${mark.line + 1}`}: ${reason ?? ""}`,
      {
        cause: error,
      },
    );
  }
}
