import { detectorPlace, templateText } from "./member-template/template";
import { project, readStackFile } from "./stack-file";
import { expectNone, type Given, type Io, type Options, usageError } from "./verb";

export const usage = "member-template --config FILE --account ID [options]";
export const summary = "Print the CloudFormation template of the role in members, to deploy it yourself";
export const details = `Deploy it once in each member, in one region, as a stack or a StackSet of your own, after the stack's own \
\`pulumi up\`: its trust names the detector's role. The management account needs it this way, because service-managed StackSets \
skip it.`;
export const options = {
  config: { type: "string", value: "FILE", description: "the stack's file, Pulumi.<stack>.yaml; required" },
  account: { type: "string", value: "ID", description: "the account that the stack is in; required" },
  region: { type: "string", value: "REGION", default: "us-east-1", description: "the stack's region" },
  events: {
    type: "boolean",
    description: "print the rules that send records within seconds instead, for each region of `fast`",
  },
} as const satisfies Options;

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  expectNone(positionals);
  const { config: file, account, region } = values;
  if (file === undefined) throw usageError("expected --config FILE, the stack's Pulumi.<stack>.yaml");
  if (account === undefined || !/^\d{12}$/.test(account))
    throw usageError("expected --account ID, the 12 digits of the account that the stack is in");
  const { values: given } = await readStackFile(file);
  const raw = { project, values: given, secrets: [] };
  io.out(templateText(raw, detectorPlace(account, region), file, values.events ? "events" : "role"));
  return 0;
}
