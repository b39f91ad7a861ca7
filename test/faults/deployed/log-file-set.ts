import { gzipSync } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { generateRecords } from "../../../bench/generate";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { LocalStack } from "../../../local/stack";
import { asCloudTrail, rootClients } from "../../../local/recorder/root-clients";
import { aRecord } from "../../support/factories";

/** A log file of a set: where it is, and what it has. */
export interface SetFile {
  key: string;
  content: Buffer;
}

const accounts = ["111122223333", "444455556666", "777788889999"];
const regions = ["us-east-1", "us-west-2"];

/**
 * Log files of several accounts, regions and days, as CloudTrail writes them: mostly everyday records, with attacks in some
 * of them, a burst that several files make together, and a few broken files.
 */
export function* logFileSet(
  files: number,
  { recordsPerFile = 8, days = 10 }: { recordsPerFile?: number; days?: number } = {},
): Generator<SetFile> {
  const everyday = generateRecords(files, files * recordsPerFile);
  const start = Date.parse("2026-05-01T00:00:00Z");
  for (let index = 0; index < files; index++) {
    const account = accounts[index % accounts.length] ?? "";
    const region = regions[index % regions.length] ?? "";
    const at = start + Math.floor((index / files) * days * 86_400_000);
    const time = (seconds: number) => new Date(at + seconds * 1_000).toISOString().replace(/\.\d+/, "");
    const own = (fields: Partial<CloudTrailRecord>, second: number): CloudTrailRecord => ({
      ...aRecord(fields),
      eventTime: time(second),
      awsRegion: region,
      recipientAccountId: account,
      eventID: `${String(index).padStart(8, "0")}-0000-4000-8000-${String(second).padStart(12, "0")}`,
    });
    const records: CloudTrailRecord[] = [];
    for (let count = 0; count < recordsPerFile; count++) {
      const record = everyday.next().value as CloudTrailRecord;
      records.push({ ...record, eventTime: time(count), awsRegion: region, recipientAccountId: account });
    }
    if (index % 7 === 0) records.push(own({}, 20));
    if (index % 11 === 0)
      records.push(
        own(
          {
            eventName: "StopLogging",
            eventSource: "cloudtrail.amazonaws.com",
            requestParameters: { name: "trail" },
          },
          21,
        ),
      );
    // Refused calls of one key in many files, and different ones of the same minute in two: a burst only together.
    if (index % 3 !== 0)
      records.push(own({ eventName: "ListUsers", errorCode: "AccessDenied", requestParameters: null }, 22));
    if (index % 50 === 10 || index % 50 === 11)
      for (let count = 0; count < 10; count++) {
        const eventName = `List${index % 50 === 10 ? "Own" : "Other"}Things${count}`;
        const began = start + Math.floor((Math.floor(index / 50) * 50 * days * 86_400_000) / files);
        const eventTime = new Date(began + count * 1_000).toISOString().replace(/\.\d+/, "");
        records.push({
          ...own({ eventName, errorCode: "AccessDenied", requestParameters: null }, 30 + count),
          eventTime,
        });
      }
    // A policy's document in one file, and its attachment in a later one.
    const policyArn = `arn:aws:iam::${account}:policy/wide-${Math.floor(index / 12)}`;
    if (index % 12 === 2)
      records.push(
        own(
          {
            eventName: "CreatePolicy",
            requestParameters: {
              policyName: "wide",
              policyDocument: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
            },
            responseElements: { policy: { arn: policyArn } },
          },
          23,
        ),
      );
    if (index % 12 === 8) records.push(own({ requestParameters: { userName: "bob", policyArn } }, 24));
    const whole = gzipSync(JSON.stringify({ Records: records }));
    const [date = "", clock = ""] = time(0).split("T");
    const stamp = `${date.replaceAll("-", "")}T${clock.slice(0, 5).replace(":", "")}Z`;
    const key = `AWSLogs/${account}/CloudTrail/${region}/${date.replaceAll("-", "/")}/${account}_CloudTrail_${region}_${stamp}_${String(index).padStart(16, "0")}.json.gz`;
    yield { key, content: index % 97 === 5 ? whole.subarray(0, whole.length - 40) : whole };
  }
}

/** Writes log files to a stack's bucket as CloudTrail does, past the recorder: nobody else may. */
export async function deliver(stack: LocalStack, files: Iterable<SetFile>): Promise<number> {
  const { emulator, outputs, credentials, region } = stack;
  const clients = rootClients({ endpoint: emulator.endpoint, credentials }, region);
  const Bucket = String(outputs.bucket);
  let written = 0;
  const put = async ({ key, content }: SetFile) => {
    const command = new PutObjectCommand({
      Bucket,
      Key: key,
      Body: content,
      ACL: "bucket-owner-full-control",
    });
    command.middlewareStack.add(asCloudTrail(String(outputs.trailArn)) as never, {
      step: "build",
      priority: "high",
    });
    await clients.s3.send(command);
    written++;
  };
  const all = files[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = all.next(); !next.done; next = all.next()) await put(next.value);
    }),
  );
  clients.destroy();
  return written;
}
