import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const scratch = join(__dirname, "..", "..", ".local");

/** Folders that were made, so that the last test removes them. */
const made: string[] = [];

/**
 * A folder of own rules for a test: inside of the project, from where `cloudtrailer/rule` is found.
 *
 * @param files by path: `{ "ec2-prod-untagged.ts": "import …" }`
 */
export function anOwnFolder(files: Record<string, string>): string {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "own-"));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

after(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What differs from {@link aRule}'s text. */
export interface RuleText {
  id?: string;
  imports?: string;
  /** Before the rule. */
  above?: string;
  severity?: string;
  events?: string;
  match?: string;
  /** More members of the rule. */
  members?: string;
  hits?: string;
  misses?: string;
  /** More members of the examples. */
  moreExamples?: string;
}

/** The file of a rule that finds every `ec2:CreateTags` with the tag `env`. */
export function aRule({
  id = "ec2-env-tagged",
  imports = "",
  above = "",
  severity = '"low"',
  events = '["ec2:CreateTags"]',
  match = `if (!JSON.stringify(record.requestParameters ?? null).includes('"env"')) return undefined;
    return { evidence: evidenceAt(record, "requestParameters.tagSet"), resources: [] };`,
  members = "",
  hits = '[{ record: record("env") }]',
  misses = '[{ record: record("Name") }]',
  moreExamples = "",
}: RuleText = {}): string {
  return `import { evidenceAt, type Examples, type Rule } from "cloudtrailer/rule";
${imports}
${above}
export const rule: Rule = {
  id: "${id}",
  title: "Environment tagged",
  severity: ${severity},
  events: ${events},
  match(record) {
    ${match}
  },
  runbook: ["Ask."],
  ${members}
};

const record = (key: string) => ({
  eventSource: "ec2.amazonaws.com",
  eventName: "CreateTags",
  requestParameters: { tagSet: { items: [{ key, value: "prod" }] } },
});

export const examples: Examples = {
  hits: ${hits},
  misses: ${misses},
  ${moreExamples}
};
`;
}
