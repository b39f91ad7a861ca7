/**
 * One invocation in its own process, for memory.test.ts: handles notifications about log files on disk, and says how
 * much memory the process needed. It answers its own calls to AWS, and keeps next to nothing of them.
 */
import { createReadStream, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { Readable } from "node:stream";
import type { CallAws } from "../../handlers/aws/call";
import { createHandler } from "../../handlers/index";
import type { Settings } from "../../handlers/settings";
import { aLogFile, aMinuteLater, aRecord, someSettings } from "../support/factories";
import { aTable } from "../support/memory-dynamodb";

const { peakBytes } = require("../../bench/peak.js") as {
  /** Peak memory since the process started. */
  peakBytes(): number;
};

/** What the process is told on its standard input, as JSON. */
export interface MemoryOrders {
  /** Log files; the process handles one notification about each. */
  files: string[];
  /** So many small log files as well, of twenty records each; every tenth has a finding. */
  queued?: number;
  settings: Partial<Settings>;
}

/** What it prints on standard output, as JSON. */
export interface MemoryReport {
  /** Peak memory since the process started, and before it handled anything, in bytes. */
  rss: number;
  rssAtStart: number;
  milliseconds: number;
  /** Findings by their state in the table. */
  states: Record<string, number>;
  /** Alerts about single findings, and summaries. */
  alerts: number;
  summaries: number;
  /** Findings in summaries. */
  summarized: number;
  /** Bytes of inflated JSON. */
  bytes: number;
}

/** A small log file as S3 has it: what happens in an account, and in every tenth an attack. */
function smallLogFile(index: number): Buffer {
  const records = Array.from({ length: 20 }, (_, at) =>
    aRecord({ eventName: "ListUsers", eventID: `list-${index}-${at}`, requestParameters: null }),
  );
  const userName = `user-${index}`;
  const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  if (index % 10 === 0)
    records[7] = aRecord({ eventID: `attack-${index}`, requestParameters: { userName, policyArn } });
  return aLogFile(...records);
}

function createAws(files: string[]) {
  const { items, aws: table } = aTable();
  const counts = { alerts: 0, summaries: 0, summarized: 0 };
  const answers: Record<string, (input: Record<string, unknown>) => Record<string, unknown>> = {
    "s3:GetObject": ({ Key, Range }) => {
      const [, small] = /\/small-(\d+)\.json\.gz$/.exec(String(Key)) ?? [];
      if (small !== undefined) return { Body: Readable.from([smallLogFile(Number(small))]) };
      const file = files.find((one) => String(Key).endsWith(basename(one))) ?? "";
      const { size } = statSync(file);
      const [start = 0, asked = 0] = String(Range).slice("bytes=".length).split("-").map(Number);
      const end = Math.min(asked, size - 1);
      return { Body: createReadStream(file, { start, end }), ContentRange: `bytes ${start}-${end}/${size}` };
    },
    "sns:Publish": ({ Message }) => {
      const { summary, flood } = JSON.parse((JSON.parse(String(Message)) as { default: string }).default) as {
        summary?: string;
        flood?: { findings: number };
      };
      if (summary === undefined) counts.alerts++;
      else counts.summaries++;
      counts.summarized += flood?.findings ?? 0;
      return {};
    },
    "iam:ListAttachedUserPolicies": () => ({
      AttachedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }],
    }),
    "iam:DetachUserPolicy": () => ({}),
  };
  const aws: CallAws = async (call) => {
    if (call.service !== "dynamodb") {
      const answer = answers[`${call.service}:${call.operation}`];
      if (answer === undefined) throw Object.assign(new Error("not here"), { name: "AccessDenied" });
      return answer(call.input);
    }
    const answer = await table(call);
    const id = (call.input.Key as { id: { S: string } }).id.S;
    // DynamoDB's memory is not this process's: only the progress of findings is kept.
    const { state, owner, leaseUntil } = items[id] ?? {};
    if (state !== undefined) items[id] = { id: { S: id }, state, owner, leaseUntil };
    return answer;
  };
  return { aws, items, counts };
}

async function main(): Promise<void> {
  const { files, queued = 0, settings } = JSON.parse(readFileSync(0, "utf8")) as MemoryOrders;
  const { aws, items, counts } = createAws(files);
  let bytes = 0;
  const handle = createHandler(someSettings(settings), {
    aws,
    write: (line) => {
      const { message, errors, logFiles } = JSON.parse(line) as {
        message?: string;
        errors: string[];
        logFiles: { bytes: number }[];
      };
      if (message !== "notification" || errors.length > 0) throw new Error(line.slice(0, 2_000));
      for (const file of logFiles) bytes += file.bytes;
    },
    now: () => aMinuteLater,
    pause: async () => {},
  });
  const rssAtStart = peakBytes();
  const start = process.hrtime.bigint();
  const { bucket, prefix } = someSettings(settings);
  const small = Array.from({ length: queued }, (_, index) => `small-${index}.json.gz`);
  for (const file of [...files, ...small]) {
    const Message = JSON.stringify({
      s3Bucket: bucket,
      s3ObjectKey: [`${prefix}CloudTrail/us-west-2/2026/05/04/${basename(file)}`],
    });
    const event = { Records: [{ Sns: { Message, MessageId: basename(file) } }] };
    await handle(event as never, { awsRequestId: "r-1", getRemainingTimeInMillis: () => 300_000 });
  }
  const states: Record<string, number> = {};
  for (const { state } of Object.values(items))
    if (state?.S !== undefined) states[state.S] = (states[state.S] ?? 0) + 1;
  const report: MemoryReport = {
    rss: peakBytes(),
    rssAtStart,
    milliseconds: Math.round(Number(process.hrtime.bigint() - start) / 1e6),
    states,
    ...counts,
    bytes,
  };
  process.stdout.write(JSON.stringify(report));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
