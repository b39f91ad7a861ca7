import { Readable } from "node:stream";
import type { Alert } from "../../handlers/alerts/alert";
import type { Call } from "../../handlers/aws/call";
import type { Attributes } from "../../handlers/aws/table";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { aLogFile, type Answers, awsError, someSettings } from "../support/factories";
import { aTable } from "../support/memory-dynamodb";

/** AWS in memory, as far as a stack and what is attacked need it. */
export interface World {
  /** Makes a call: at once and whole. Rejects as the SDK does. */
  make(call: Call): Promise<Record<string, unknown>>;
  /** The findings table, by key. */
  items: Record<string, Attributes>;
  /** What was published, in order. Summaries have no `id`. */
  published: Alert[];
  /** Writes that changed what is attacked: `iam:DetachUserPolicy`. */
  changes: string[];
  /** Puts a log file there. @returns its key */
  putLogFile(name: string, records: CloudTrailRecord[]): string;
}

/** Something in the account that an attack changes. */
export interface Target {
  /** Answers calls about it. Of a call that changes something, the name is given to `changed`. */
  answers(changed: (call: string) => void): Answers;
}

const { bucket, prefix } = someSettings();

/** Makes a world with these things in it, as the attacks have left them. */
export function createWorld(targets: Target[]): World {
  const { items, answers: table } = aTable();
  const published: Alert[] = [];
  const changes: string[] = [];
  const files = new Map<string, Buffer>();
  const answers: Answers = {
    ...Object.assign({}, ...targets.map((target) => target.answers((call) => void changes.push(call)))),
    ...table,
    "s3:GetObject": ({ Bucket, Key, Range }) => {
      const file = files.get(String(Key));
      if (Bucket !== bucket || file === undefined) throw awsError("NoSuchKey");
      const [from = 0, to = 0] = String(Range).slice("bytes=".length).split("-").map(Number);
      const part = file.subarray(from, to + 1);
      return {
        Body: Readable.from([part]),
        ContentRange: `bytes ${from}-${from + part.length - 1}/${file.length}`,
        ETag: '"file"',
      };
    },
    "sns:Publish": ({ Message }) => {
      const { default: json } = JSON.parse(String(Message)) as { default: string };
      published.push(JSON.parse(json) as Alert);
      return { MessageId: `m-${published.length}` };
    },
  };
  return {
    items,
    published,
    changes,
    async make({ service, operation, input }) {
      const answer = answers[`${service}:${operation}`];
      // What the role may not do, and what nobody here has thought of.
      if (answer === undefined)
        throw awsError("AccessDenied", `User is not authorized to perform: ${service}:${operation}`);
      return typeof answer === "function" ? answer(input) : answer;
    },
    putLogFile(name, records) {
      const key = `${prefix}CloudTrail/us-east-1/2026/05/04/${name}.json.gz`;
      files.set(key, aLogFile(...records));
      return key;
    },
  };
}

/** The notification of log files, as an event of SNS. */
export function notificationOf(...keys: string[]): object {
  const Message = JSON.stringify({ s3Bucket: bucket, s3ObjectKey: keys });
  return { Records: [{ EventSource: "aws:sns", Sns: { Message, MessageId: "m-1" } }] };
}
