import { type ConfigKey, configKeys } from "../../infra/config-keys";
import { table } from "./markdown";

/** Types of arguments that are more than text, numbers, flags or lists of text; an example of each. */
const special: Record<string, { type: string; example: string }> = {
  mode: { type: '"alert" | "plan" | "fix"', example: '"plan"' },
  fix: { type: "{ after?: string; immediately?: Severity[] }", example: '{ after: "30m" }' },
  records: { type: '"all" | "matched" | "none"', example: '"all"' },
  trail: { type: '"own" | "existing"', example: '"existing"' },
  detections: {
    type: "Record<string, { mode?: Mode; severity?: Severity; threshold?: number; only?: Only }>",
    example: '{ "ec2-sg-open-to-world": { mode: "fix" } }',
  },
  subscribers: {
    type: "SubscriberArgs[]",
    example: '[{ protocol: "email", endpoint: "you@example.com" }]',
  },
  exceptions: {
    type: "Exception[]",
    example:
      '[{ detection: "ec2-sg-open-to-world", region: "eu-*", reason: "…", owner: "…", until: "2030-01-31" }]',
  },
  organization: {
    type: "{ id?: string; paths?: string[]; accounts?: string[]; units?: string[]; exclude?: string[] }",
    example: '{ id: "o-abcde12345", units: ["ou-ab12-11111111"] }',
  },
  accounts: {
    type: 'Record<string, { mode?: "alert" | "plan" | "fix"; name?: string }>',
    example: '{ "222233334444": { name: "payments", mode: "fix" } }',
  },
  existingTrail: {
    type: "ExistingTrail",
    example: '{ arn: "arn:aws:cloudtrail:…", bucket: "company-cloudtrail" }',
  },
  dataEvents: { type: "DataEvents[]", example: '[{ resources: "s3", writeOnly: true }]' },
  thresholds: { type: "Record<string, number>", example: '{ "s3-bulk-delete": 500 }' },
  names: { type: "Partial<Names>", example: '{ table: "findings" }' },
};

const plain: Record<string, { type: string; example: string }> = {
  string: { type: "string", example: '"red"' },
  integer: { type: "number", example: "10" },
  boolean: { type: "boolean", example: "true" },
  array: { type: "string[]", example: '["…"]' },
  object: { type: "Record<string, unknown>", example: "{ … }" },
};

function keys(): [string, ConfigKey<unknown>][] {
  return Object.entries(configKeys({ now: 0, ids: [] }));
}

function typeOf(name: string, { type, items }: ConfigKey<unknown>): { type: string; example: string } {
  if (special[name] !== undefined) return special[name];
  if (type === "array" && items === "object")
    return { type: "Record<string, unknown>[]", example: "[{ … }]" };
  return plain[type] ?? { type: "unknown", example: "…" };
}

/** Lines of a comment, cut at spaces. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 110) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** infra/cloudtrailer-args.ts: the arguments of the component, from the table of configuration keys. */
export function componentArgs(): string {
  const fields = keys().map(([name, key]) => {
    const { type, example } = typeOf(name, key);
    const text = key.description.replaceAll("*/", "*\\/");
    const lines = [
      ...wrapped(text),
      "",
      key.default === undefined ? "Required." : `@default ${JSON.stringify(key.default)}`,
      `@example ${example}`,
    ].map((line) => `   * ${line}`.trimEnd());
    return [`  /**`, ...lines, "   */", `  ${name}${key.default === undefined ? "" : "?"}: ${type};`].join(
      "\n",
    );
  });
  return `// Generated from infra/config-keys.ts by \`npm run docs\`.

import type { Exception, Mode, Only, Severity } from "../handlers/settings";
import type { DataEvents } from "./data-events";
import type { ExistingTrail } from "./existing-trail";
import type { Names } from "./names";
import type { SubscriberArgs } from "./subscribers";

/** The arguments of {@link Cloudtrailer}: the keys of docs/configuration.md. */
export interface CloudtrailerArgs {
${fields.join("\n")}
}
`;
}

/** docs/component.md: the component in somebody else's program. */
export function componentPage(): string {
  return `# In your own Pulumi program

<!-- Generated from scripts/docs/component.ts and infra/config-keys.ts by \`npm run docs\`. -->

This project's \`index.ts\` declares one component, \`Cloudtrailer\`. Declare it in your own program instead, next to what it
protects. Clone this repository beside your program, or add it as a Git submodule, and install its packages.

\`\`\`ts
import { Cloudtrailer } from "./cloudtrailer/infra";

const security = new Cloudtrailer("security", {
  team: "red",
  subscribers: [{ protocol: "email", endpoint: "security@example.com", minimumSeverity: "medium" }],
  detections: { "cloudtrail-logging-stopped": { mode: "fix" } },
});

export const alertTopic = security.alertTopicArn;
\`\`\`

The arguments are checked when the program runs, all errors in one message. Pulumi serializes the function from the project's
folder, so run \`pulumi\` where its \`package.json\` is found, with the same versions of \`@pulumi/pulumi\` and \`@pulumi/aws\`.

## Several regions or teams

Each component needs its own name and team. A stack's trail records all regions, so one component covers an account; declare
more of them for teams that must not share alerts and modes, or for accounts of other partitions:

\`\`\`ts
import * as aws from "@pulumi/aws";

const ireland = new aws.Provider("ireland", { region: "eu-west-1" });
new Cloudtrailer("payments", { team: "payments" });
new Cloudtrailer("shop", { team: "shop", multiRegion: false }, { provider: ireland });
\`\`\`

## Tags and aspects

Default tags of the provider and transforms of the program reach every resource of the component:

\`\`\`ts
const tagged = new aws.Provider("tagged", { defaultTags: { tags: { owner: "security" } } });
new Cloudtrailer("security", { team: "red" }, { provider: tagged });
\`\`\`

A transform must not change names, policies or the function's code and environment: the self-check compares with what was
deployed, but the role's policies name the parts by the names in \`names\`.

## Arguments

${table(
  ["argument", "type", "default", "example"],
  keys().map(([name, key]) => {
    const { type, example } = typeOf(name, key);
    const byDefault = key.default === undefined ? "required" : `\`${JSON.stringify(key.default)}\``;
    return [`\`${name}\``, `\`${type.replaceAll("|", "\\|")}\``, byDefault, `\`${example}\``];
  }),
)}

[configuration.md](configuration.md) describes each.

## Outputs

\`region\`, \`account\`, \`bucket\`, \`trailName\`, \`trailArn\`, \`logTopicArn\`, \`alertTopicArn\`, \`watchTopicArn\`, \`functionName\`,
\`functionArn\`, \`logGroup\`, \`roleName\`, \`roleArn\`, \`tableName\`, \`tableArn\`, \`failureQueueUrl\`, \`failureQueueArn\`. The verbs of
\`npx cloudtrailer\` find a stack by \`tableName\`, \`functionName\`, \`failureQueueUrl\` and \`region\`: export them, or pass them as options.
`;
}
