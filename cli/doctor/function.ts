import { callsTo } from "../../handlers/aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../handlers/json";
import type { Tried } from "../../handlers/on-trial";
import { functionDecrypts, functionReads, trailEncrypts } from "../../policies/log-owner";
import { letsService } from "../../local/recorder/service-policies";
import { topicSends } from "../../policies/log-owner";
import {
  type Found,
  looked,
  ok,
  type Patient,
  redeploy,
  type Repair,
  type Step,
  unknown,
  wrong,
} from "./step";

/** The function may run. */
export const functionRuns: Step = {
  title: "the function runs",
  async run({ settings, configuration, functionArn, aws, roleArn }) {
    const calls = callsTo("lambda", settings.region);
    const found: Found[] = [];
    const state = textOf(configuration.State) ?? "Active";
    if (state !== "Active" && state !== "Inactive")
      found.push(wrong(`the function is ${state}: ${plainTextOf(configuration.StateReason)}`, redeploy));
    if (configuration.Role !== roleArn)
      found.push(
        wrong(`the function has the role ${plainTextOf(configuration.Role)} instead of ${roleArn}`, redeploy),
      );
    const seen = await looked(aws(calls("GetFunctionConcurrency", { FunctionName: functionArn })));
    if (typeof seen !== "string" && seen.answer.ReservedConcurrentExecutions === 0) {
      const call = calls("DeleteFunctionConcurrency", { FunctionName: functionArn });
      found.push(
        wrong("its reserved concurrency is 0, so Lambda throttles every invocation", {
          say: "let it run (and set cloudtrailer:reservedConcurrency, if that is where the 0 is from); then retry what has failed",
          calls: [call],
          lines: ["npx cloudtrailer redrive"],
        }),
      );
    }
    return found.length > 0 ? found : [ok(`${functionArn} is active`)];
  },
};

/** The key can be used by CloudTrail, and exists. */
export const keyWorks: Step = {
  title: "the KMS key is usable",
  async run({ settings, trailArn, aws }) {
    const { kmsKey } = settings;
    if (kmsKey === undefined) return [ok("log files are encrypted without a KMS key of yours")];
    const calls = callsTo("kms", kmsKey.split(":")[3] ?? settings.region);
    const seen = await looked(aws(calls("DescribeKey", { KeyId: kmsKey })));
    if (seen === "denied") return [unknown(`the key ${kmsKey} cannot be read with your credentials`)];
    if (seen === "gone")
      return [
        wrong(`there is no key ${kmsKey}`, {
          say: "name the key of the trail",
          lines: ["pulumi config set cloudtrailer:kmsKey ARN && pulumi up"],
        }),
      ];
    const state = plainTextOf(fieldsOf(seen.answer.KeyMetadata).KeyState);
    const enable = calls("EnableKey", { KeyId: kmsKey });
    const cancel = calls("CancelKeyDeletion", { KeyId: kmsKey });
    if (state !== "Enabled")
      return [
        wrong(`the key is ${state}: no log file can be written or read`, {
          say: "enable it",
          calls: state === "PendingDeletion" ? [cancel, enable] : [enable],
        }),
      ];
    const policy = await looked(aws(calls("GetKeyPolicy", { KeyId: kmsKey, PolicyName: "default" })));
    if (typeof policy === "string")
      return [ok(`${kmsKey} is enabled`), unknown("its policy cannot be read with your credentials")];
    const context = {
      "aws:sourcearn": trailArn,
      "aws:sourceaccount": trailArn.split(":")[4] ?? "",
      "kms:encryptioncontext:aws:cloudtrail:arn": trailArn,
    };
    const request = { action: "kms:GenerateDataKey", resource: kmsKey, context };
    if (letsService("cloudtrail.amazonaws.com", textOf(policy.answer.Policy), request))
      return [ok(`${kmsKey} is enabled, and lets CloudTrail encrypt`)];
    return [
      wrong("the key's policy does not let CloudTrail encrypt", {
        say: "add to the key's policy",
        add: { of: kmsKey, statements: [trailEncrypts(trailArn)] },
      }),
    ];
  },
};

/** The function reads a log file, proves its origin, and publishes an alert: all with its own role. */
export const functionWorks: Step = {
  title: "the function reads, decrypts and alerts",
  async run(patient) {
    const { settings, functionArn, aws } = patient;
    const logFile = patient.logFile ?? (await newestLogFile(patient));
    const event = { cloudtrailer: "try", ...(logFile === undefined ? {} : { logFile }) };
    const call = callsTo("lambda", settings.region)("Invoke", {
      FunctionName: functionArn,
      Payload: Buffer.from(JSON.stringify(event)).toString("base64"),
    });
    const seen = await looked(aws({ ...call, bytes: ["Payload"] }).catch(throttled));
    if (seen === "denied") return [unknown("you may not invoke the function (lambda:InvokeFunction)")];
    if (seen === "gone") return [wrong(`there is no function ${functionArn}`, redeploy)];
    const text = Buffer.from((seen.answer.Payload as Uint8Array | undefined) ?? []).toString("utf8");
    if (seen.answer.throttled === true) return [unknown("Lambda throttles the function: see above")];
    if (seen.answer.FunctionError !== undefined)
      return [wrong(`the function failed: ${text.slice(0, 500)}`, redeploy)];
    const tried = JSON.parse(text) as Tried;
    return [...(await reading(patient, tried, logFile)), ...proving(patient, tried), ...alerting(tried)];
  },
};

/** The state of a key that can be seen; taken for enabled otherwise. */
async function stateOfKey({ settings, aws }: Patient, key: string): Promise<string> {
  const region = key.split(":")[3] ?? settings.region;
  const seen = await looked(aws(callsTo("kms", region)("DescribeKey", { KeyId: key })));
  return typeof seen === "string" ? "Enabled" : plainTextOf(fieldsOf(seen.answer.KeyMetadata).KeyState);
}

/** The step before says why. */
function throttled(error: Error): Record<string, unknown> {
  if (error.name === "TooManyRequestsException") return { throttled: true };
  throw error;
}

async function reading(patient: Patient, { read }: Tried, logFile: string | undefined): Promise<Found[]> {
  const { settings, bucketArn, folder, roleArn } = patient;
  if (read === undefined)
    return [
      unknown(
        "no log file was found: wait for the next, or name one with --log-file KEY (your credentials may not list the bucket)",
      ),
    ];
  if (read.problem === undefined) return [ok(`it read ${logFile}`)];
  const what = `the function could not read s3://${settings.bucket}/${logFile}: ${read.problem}`;
  if (settings.kmsKey !== undefined && (await stateOfKey(patient, settings.kmsKey)) !== "Enabled")
    return [wrong(what, { say: "see the step about the KMS key" })];
  if (/kms/i.test(read.problem) && settings.kmsKey === undefined) {
    const lines = ["pulumi config set cloudtrailer:kmsKey ARN && pulumi up"];
    return [wrong(what, { say: "name the key that encrypts it", lines })];
  }
  if (/kms/i.test(read.problem))
    return [
      wrong(what, {
        say: "add to the key's policy",
        add: { of: settings.kmsKey ?? "", statements: [functionDecrypts(roleArn)] },
      }),
    ];
  if (
    (settings.source?.account ?? settings.account) === settings.account &&
    !/bucket policy|resource-based/.test(read.problem)
  )
    return [wrong(what, redeploy)];
  const statements = functionReads({ bucketArn, folder, roleArn });
  return [
    wrong(what, {
      say: "add to the bucket's policy, and remove what denies it",
      add: { of: bucketArn, statements },
    }),
  ];
}

function proving({ isOwn }: Patient, { proof }: Tried): Found[] {
  if (isOwn) return [];
  if (proof.problem === undefined) return [ok("the function may fix: only CloudTrail writes log files")];
  return [
    wrong(`the function does not fix: ${proof.problem}`, { say: "see the step about who writes log files" }),
  ];
}

function alerting({ alert }: Tried): Found[] {
  if (alert.problem === undefined)
    return [ok(`it published the alert "${alert.id}": look for it where your alerts arrive`)];
  if (/another trial/.test(alert.problem)) return [unknown(alert.problem)];
  return [wrong(`the function could not publish an alert: ${alert.problem}`, redeploy)];
}

/** The newest log file of today or yesterday in the stack's region. */
async function newestLogFile({ settings, folder, aws, now }: Patient): Promise<string | undefined> {
  const list = callsTo("s3", settings.source?.region ?? settings.region);
  for (const at of [now, now - 86_400_000]) {
    const day = new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
    const Prefix = `${folder}CloudTrail/${settings.region}/${day}/`;
    const seen = await looked(aws(list("ListObjectsV2", { Bucket: settings.bucket, Prefix })));
    if (typeof seen === "string") return undefined;
    const keys = listOf(seen.answer.Contents).map((one) => fieldsOf(one));
    const newest = keys.sort((a, b) => timeOf(b.LastModified) - timeOf(a.LastModified))[0];
    if (newest !== undefined) return textOf(newest.Key);
  }
  return undefined;
}

function timeOf(value: unknown): number {
  return new Date(value as string | Date).getTime();
}

/** Somebody is subscribed to the alerts, and every queue lets the topic send. */
export const alertsArrive: Step = {
  title: "alerts arrive",
  async run({ settings, aws }) {
    const TopicArn = settings.alertTopicArn;
    const sns = callsTo("sns", settings.region);
    const seen = await looked(aws(sns("ListSubscriptionsByTopic", { TopicArn })));
    if (seen === "denied")
      return [unknown(`the subscriptions of ${TopicArn} cannot be read with your credentials`)];
    if (seen === "gone") return [wrong(`there is no topic ${TopicArn}`, redeploy)];
    const all = listOf(seen.answer.Subscriptions).map(fieldsOf);
    const found: Found[] = [];
    for (const one of all) found.push(...(await subscriber(one, TopicArn, aws)));
    if (all.every(({ SubscriptionArn }) => !plainTextOf(SubscriptionArn).startsWith("arn:")))
      found.push(
        wrong("no subscription is confirmed: alerts reach nobody", {
          say: "confirm one (each subscriber was sent a mail or a request), or add one to Pulumi.<stack>.yaml",
          lines: [
            "pulumi config set --path 'cloudtrailer:subscribers[0].protocol' email && pulumi config set --path 'cloudtrailer:subscribers[0].endpoint' you@example.com && pulumi up",
          ],
        }),
      );
    return found;
  },
};

async function subscriber(
  one: Record<string, unknown>,
  topicArn: string,
  aws: Patient["aws"],
): Promise<Found[]> {
  const protocol = plainTextOf(one.Protocol);
  if (!plainTextOf(one.SubscriptionArn).startsWith("arn:"))
    return [
      unknown(`a subscriber by ${protocol} has not confirmed yet: the mail or request from AWS has the link`),
    ];
  if (protocol !== "sqs") return [ok(`a subscriber by ${protocol} is confirmed`)];
  const queueArn = plainTextOf(one.Endpoint);
  const [, , , region = "", account = "", name = ""] = queueArn.split(":");
  const calls = callsTo("sqs", region);
  const url = await looked(aws(calls("GetQueueUrl", { QueueName: name, QueueOwnerAWSAccountId: account })));
  const gone: Repair = {
    say: "create the queue again, or remove the subscriber from cloudtrailer:subscribers",
    lines: ["pulumi up --refresh"],
  };
  if (url === "gone") return [wrong(`there is no queue ${queueArn}`, gone)];
  if (url === "denied") return [unknown(`the queue ${queueArn} cannot be read with your credentials`)];
  const seen = await looked(
    aws(calls("GetQueueAttributes", { QueueUrl: url.answer.QueueUrl, AttributeNames: ["Policy"] })),
  );
  if (typeof seen === "string")
    return [unknown(`the policy of ${queueArn} cannot be read with your credentials`)];
  const policy = textOf(fieldsOf(seen.answer.Attributes).Policy);
  const context = {
    "aws:sourcearn": topicArn,
    "aws:sourceaccount": topicArn.split(":")[4] ?? "",
    "aws:securetransport": "true",
  };
  if (letsService("sns.amazonaws.com", policy, { action: "sqs:SendMessage", resource: queueArn, context }))
    return [ok(`the queue ${queueArn} lets alerts in`)];
  return [
    wrong(`the queue ${queueArn} does not let the topic send`, {
      say: "add to the queue's policy",
      add: { of: queueArn, statements: [topicSends({ queueArn, topicArn })] },
    }),
  ];
}
