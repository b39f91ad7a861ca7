import Ajv2020 from "ajv/dist/2020";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ocsfVersion } from "../../handlers/alerts/ocsf";

const file = `ocsf-detection-finding-${ocsfVersion}.json`;
const schema = JSON.parse(
  readFileSync(join(__dirname, "..", "handlers", "alerts", "schemas", file), "utf8"),
) as object;
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

/** What OCSF's schema says against a Detection Finding. */
export function ocsfProblemsOf(finding: unknown): string[] {
  validate(JSON.parse(JSON.stringify(finding)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
