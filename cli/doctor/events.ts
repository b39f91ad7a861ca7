import { callsTo } from "../../handlers/aws/call";
import { fieldsOf, listOf, plainTextOf } from "../../handlers/json";
import { watchSeparator } from "../../handlers/part-names";
import { fastRulesOf } from "../../infra/fast-patterns";
import { ownCatalogue } from "../own-catalogue";
import { type Found, looked, ok, type Patient, redeploy, type Step, unknown, wrong } from "./step";
import { permission, subscription } from "./topic";

/** Records come within seconds, by EventBridge, or the stack says that they do not. */
export const eventsCome: Step = {
  title: "EventBridge sends records within seconds",
  async run(patient) {
    const { events } = patient.settings;
    if (events === undefined)
      return [ok("no: every record comes in a log file, after minutes (cloudtrailer:fast is none)")];
    const { topicArn, regions } = events;
    const found: Found[] = [];
    for (const region of regions) found.push(...(await rulesIn(patient, region, nameIn(topicArn))));
    return [
      ...found,
      ...(await subscription(patient, topicArn)),
      ...(await permission(patient, topicArn)),
      ...byLogFilesAlone(patient, regions),
    ];
  },
};

/** Name of the bus and the role, and the beginning of the names of the rules: that of the topic. */
function nameIn(topicArn: string): string {
  return topicArn.slice(topicArn.lastIndexOf(":") + 1);
}

/** The rules on a region's default bus that send records. */
async function rulesIn({ settings, aws }: Patient, region: string, name: string): Promise<Found[]> {
  const events = callsTo("events", region);
  const seen = await looked(aws(events("ListRules", { NamePrefix: `${name}${watchSeparator}` })));
  if (typeof seen === "string")
    return [unknown(`the rules in ${region} cannot be seen with your credentials`)];
  const rules = listOf(seen.answer.Rules).map(fieldsOf);
  if (rules.length === 0)
    return [
      wrong(`there are no rules ${name}${watchSeparator}… in ${region}, so that it sends nothing`, redeploy),
    ];
  const disabled = rules.filter(({ State }) => State === "DISABLED").map(({ Name }) => plainTextOf(Name));
  if (disabled.length > 0)
    return [
      wrong(`${disabled.join(", ")} in ${region} ${disabled.length === 1 ? "is" : "are"} disabled`, {
        say: "enable what nobody disabled on purpose",
        calls: disabled.map((Name) => events("EnableRule", { Name })),
      }),
    ];
  const astray: string[] = [];
  for (const { Name } of rules) {
    const targets = await looked(aws(events("ListTargetsByRule", { Rule: plainTextOf(Name) })));
    if (typeof targets === "string")
      return [
        unknown(`the targets of ${plainTextOf(Name)} in ${region} cannot be seen with your credentials`),
      ];
    const bus = `:event-bus/${name}`;
    const isSent = listOf(targets.answer.Targets).some((one) => plainTextOf(fieldsOf(one).Arn).endsWith(bus));
    if (!isSent) astray.push(plainTextOf(Name));
  }
  const home = `the bus ${name} in ${settings.region}`;
  return astray.length === 0
    ? [ok(`${region} sends to ${home}`)]
    : [wrong(`${astray.join(", ")} in ${region} do not send to ${home}`, redeploy)];
}

/** What this stack sees after minutes, although it is fast. */
function byLogFilesAlone({ settings }: Patient, regions: string[]): Found[] {
  const { mode, detections: overrides, context } = settings;
  const { detections, remediations } = ownCatalogue(() => undefined).catalogue;
  const fixable = remediations.map(({ id }) => id);
  const late = fastRulesOf(detections, fixable, { mode, detections: overrides, context }).byLogFilesAlone;
  return [
    ok(`log files alone bring, after minutes, what is called in other regions than ${regions.join(" and ")}`),
    ok(
      `and some or all calls of ${late.length} detections, of those with less severity first (docs/fast.md)`,
    ),
  ];
}
