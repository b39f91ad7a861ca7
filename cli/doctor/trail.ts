import { callsTo } from "../../handlers/aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../handlers/json";
import { looked, ok, type Patient, redeploy, type Found, type Step, unknown, wrong } from "./step";

/** The call in the trail's region. */
function cloudtrail({ trailArn, aws }: Patient) {
  const calls = callsTo("cloudtrail", trailArn.split(":")[3] ?? "");
  return {
    call: calls,
    look: (operation: string, input: Record<string, unknown>) => looked(aws(calls(operation, input))),
  };
}

/** The trail as AWS has it; undefined if it cannot be seen. */
export async function trailOf(patient: Patient): Promise<Record<string, unknown> | undefined> {
  const seen = await cloudtrail(patient).look("GetTrail", { Name: patient.trailArn });
  return typeof seen === "string" ? undefined : fieldsOf(seen.answer.Trail);
}

/** The trail exists, logs, and writes where the function reads. */
export const trailLogs: Step = {
  title: "the trail logs",
  async run(patient) {
    const { trailArn, isOwn } = patient;
    const { look, call } = cloudtrail(patient);
    const seen = await look("GetTrail", { Name: trailArn });
    if (seen === "denied") return [unknown(`the trail ${trailArn} cannot be read with your credentials`)];
    if (seen === "gone")
      return [
        wrong(
          `there is no trail ${trailArn}`,
          isOwn
            ? redeploy
            : {
                say: "name the trail that exists",
                lines: [`pulumi config set --path cloudtrailer:existingTrail.arn ARN && pulumi up`],
              },
        ),
      ];
    const trail = fieldsOf(seen.answer.Trail);
    return [
      ...(await logging(patient, look, call)),
      ...destination(patient, trail),
      ...encryption(patient, trail),
      ...(await selection(patient, look, call)),
    ];
  },
};

type Look = ReturnType<typeof cloudtrail>["look"];
type Calls = ReturnType<typeof cloudtrail>["call"];

async function logging({ trailArn }: Patient, look: Look, call: Calls): Promise<Found[]> {
  const seen = await look("GetTrailStatus", { Name: trailArn });
  if (typeof seen === "string") return [unknown("the trail's status cannot be read with your credentials")];
  const { IsLogging, LatestDeliveryError, LatestNotificationError } = seen.answer;
  const start = call("StartLogging", { Name: trailArn });
  const found: Found[] = [
    IsLogging === true
      ? ok(`${trailArn} is logging`)
      : wrong("the trail is stopped: nothing is recorded", { say: "start it", calls: [start] }),
  ];
  for (const [error, what] of [
    [LatestDeliveryError, "write log files"],
    [LatestNotificationError, "publish notifications"],
  ])
    if (plainTextOf(error) !== "")
      found.push(
        wrong(`CloudTrail could not ${plainTextOf(what)}: ${plainTextOf(error)}`, {
          say: "see the steps below for the policy that is in the way; CloudTrail clears this with its next success",
        }),
      );
  return found;
}

/** The trail writes where the function reads. */
function destination({ settings, isOwn, folder }: Patient, trail: Record<string, unknown>): Found[] {
  const bucket = plainTextOf(trail.S3BucketName);
  const prefix = plainTextOf(trail.S3KeyPrefix);
  const expected = folder.slice(0, Math.max(0, folder.indexOf("AWSLogs/") - 1));
  if (bucket === settings.bucket && prefix === expected) return [ok(`it writes to s3://${bucket}/${folder}`)];
  const what = `the trail writes to s3://${bucket}/${prefix}, and the function reads s3://${settings.bucket}/${expected}`;
  if (isOwn) return [wrong(what, redeploy)];
  const set = (key: string, value: string) =>
    value === ""
      ? `pulumi config rm --path cloudtrailer:existingTrail.${key}`
      : `pulumi config set --path cloudtrailer:existingTrail.${key} ${value}`;
  const lines = [
    ...(bucket === settings.bucket ? [] : [set("bucket", bucket)]),
    ...(prefix === expected ? [] : [set("prefix", prefix)]),
    "pulumi up",
  ];
  return [wrong(what, { say: "follow the trail", lines })];
}

function encryption({ settings, isOwn }: Patient, trail: Record<string, unknown>): Found[] {
  const key = plainTextOf(trail.KmsKeyId);
  const { kmsKey = "" } = settings;
  if (key === kmsKey) return [];
  const what = `the trail encrypts with ${key || "no KMS key"}, and the function expects ${kmsKey || "none"}`;
  if (isOwn) return [wrong(what, redeploy)];
  const line =
    key === "" ? "pulumi config rm cloudtrailer:kmsKey" : `pulumi config set cloudtrailer:kmsKey ${key}`;
  return [wrong(what, { say: "follow the trail", lines: [line, "pulumi up"] })];
}

/** All management events that change something are recorded. */
async function selection({ trailArn }: Patient, look: Look, call: Calls): Promise<Found[]> {
  const seen = await look("GetEventSelectors", { TrailName: trailArn });
  if (typeof seen === "string")
    return [unknown("the trail's event selectors cannot be read with your credentials")];
  const basic = listOf(seen.answer.EventSelectors).map(fieldsOf);
  const advanced = listOf(seen.answer.AdvancedEventSelectors).map(fieldsOf);
  if (advanced.length > 0) {
    const all = {
      Name: "management events",
      FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
    };
    if (advanced.some((one) => isAllManagement(listOf(one.FieldSelectors)))) return [];
    const calls = [
      call("PutEventSelectors", { TrailName: trailArn, AdvancedEventSelectors: [all, ...advanced] }),
    ];
    return [wrong("the trail does not record all management events", { say: "add them", calls })];
  }
  const isWhole = (one: Record<string, unknown>) =>
    one.IncludeManagementEvents !== false &&
    (textOf(one.ReadWriteType) ?? "All") === "All" &&
    listOf(one.ExcludeManagementEventSources).length === 0;
  if (basic.length === 0 || basic.some(isWhole)) return [];
  const whole = { ReadWriteType: "All", IncludeManagementEvents: true, ExcludeManagementEventSources: [] };
  const [first = {}, ...rest] = basic;
  const calls = [
    call("PutEventSelectors", { TrailName: trailArn, EventSelectors: [{ ...first, ...whole }, ...rest] }),
  ];
  return [wrong("the trail does not record all management events", { say: "record them", calls })];
}

function isAllManagement(selectors: unknown[]): boolean {
  return (
    selectors.length === 1 &&
    selectors
      .map(fieldsOf)
      .every((one) => one.Field === "eventCategory" && listOf(one.Equals).includes("Management"))
  );
}
