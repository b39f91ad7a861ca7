import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { Fields } from "../../../handlers/json";

/** A form in which people keep records, and how to write it. */
export interface Writer {
  form: string;
  write(records: CloudTrailRecord[]): string | Uint8Array;
  /** Changes the types of values, or omits fields: findings keep only their essence. */
  isLossy?: true;
  /** Says on standard error how it was read. */
  hasNote?: true;
}

const json = (value: unknown) => JSON.stringify(value);
const lines = (values: unknown[]) => values.map((value) => `${json(value)}\n`).join("");
const pretty = (value: unknown) => JSON.stringify(value, undefined, 4);
const base64 = (content: string | Uint8Array) => Buffer.from(content).toString("base64");

const logFile = (records: CloudTrailRecord[]) => json({ Records: records });

const lookupEvent = (record: CloudTrailRecord) => ({
  EventId: record.eventID,
  EventName: record.eventName,
  ReadOnly: "false",
  EventTime: 1777888800.0,
  EventSource: record.eventSource,
  Username: "mallory",
  Resources: [{ ResourceType: "AWS::IAM::User", ResourceName: "bob" }],
  CloudTrailEvent: json(record),
});

const event = (record: CloudTrailRecord) => ({
  version: "0",
  id: "x",
  "detail-type": "AWS API Call via CloudTrail",
  source: "aws.iam",
  account: record.recipientAccountId,
  time: record.eventTime,
  region: record.awsRegion,
  resources: [],
  detail: record,
});

const envelope = (message: string) => ({
  Type: "Notification",
  MessageId: "1",
  TopicArn: "arn:aws:sns:us-east-1:111122223333:events",
  Message: message,
  Timestamp: "2026-05-04T10:00:01.000Z",
});

const logEvent = (record: CloudTrailRecord) => ({
  logStreamName: "111122223333_CloudTrail_us-east-1",
  timestamp: 1777888800000,
  message: json(record),
  ingestionTime: 1777888801000,
  eventId: "38",
});

const subscription = (records: CloudTrailRecord[]) => ({
  messageType: "DATA_MESSAGE",
  owner: "111122223333",
  logGroup: "trail",
  logStream: "s",
  subscriptionFilters: ["f"],
  logEvents: records.map((record, index) => ({ id: String(index), timestamp: 1, message: json(record) })),
});

const kinesisEvent = (data: string) => ({
  kinesis: { kinesisSchemaVersion: "1.0", partitionKey: "1", sequenceNumber: "2", data },
  eventSource: "aws:kinesis",
  eventName: "aws:kinesis:record",
  eventID: "shardId-0:1",
});

const columnNames = [
  "eventVersion",
  "userIdentity",
  "eventTime",
  "eventSource",
  "eventName",
  "awsRegion",
  "sourceIPAddress",
  "userAgent",
  "errorCode",
  "requestParameters",
  "responseElements",
  "requestID",
  "eventID",
  "readOnly",
  "eventType",
  "managementEvent",
  "recipientAccountId",
  "eventCategory",
];

/** A cell as text: objects as JSON. */
const cell = (value: unknown) =>
  value === undefined || value === null ? "" : typeof value === "object" ? json(value) : String(value);
const cells = (record: CloudTrailRecord) => columnNames.map((name) => cell(record[name]));
const quoted = (text: string) => (/[",\n\r\t;|]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
const csv = (rows: string[][], delimiter = ",", end = "\n") =>
  rows.map((row) => row.map(quoted).join(delimiter) + end).join("");

/** As Athena prints rows: `{type=IAMUser, arn=…}`, with names in lower case. */
const struct = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? `{${Object.entries(value)
        .map(([name, member]) => `${name.toLowerCase()}=${struct(member)}`)
        .join(", ")}}`
    : String(value);

/** As Java prints maps and lists: `{userName=bob, policyArn=…}`. */
const javaText = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(javaText).join(", ")}]`
    : typeof value === "object" && value !== null
      ? `{${Object.entries(value)
          .map(([name, member]) => `${name}=${javaText(member)}`)
          .join(", ")}}`
      : String(value);

const lowerCase = (record: CloudTrailRecord): Fields =>
  Object.fromEntries(
    columnNames.map((name) => {
      const value = record[name];
      const isText = name === "requestParameters" || name === "responseElements";
      return [name.toLowerCase(), isText && value ? json(value) : value];
    }),
  );

const deepLower = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name.toLowerCase(), deepLower(member)]),
      )
    : value;

const elastic = (record: CloudTrailRecord) => ({
  "@timestamp": record.eventTime,
  event: {
    original: json(record),
    dataset: "aws.cloudtrail",
    action: record.eventName,
    provider: record.eventSource,
  },
  aws: { cloudtrail: { event_version: record.eventVersion } },
});

const ecs = (record: CloudTrailRecord) => {
  const { type, arn, accessKeyId, principalId, userName, sessionContext } = record.userIdentity ?? {};
  return {
    "@timestamp": record.eventTime,
    event: { action: record.eventName, provider: record.eventSource, id: record.eventID, outcome: "success" },
    cloud: { region: record.awsRegion, account: { id: record.recipientAccountId } },
    user: { id: principalId, name: userName ?? sessionContext?.sessionIssuer?.userName },
    source: { address: record.sourceIPAddress, ip: record.sourceIPAddress },
    user_agent: { original: record.userAgent },
    log: { file: { path: "https://bucket.s3.amazonaws.com/key" } },
    aws: {
      cloudtrail: {
        user_identity: {
          type,
          arn,
          access_key_id: accessKeyId,
          session_context: sessionContext && {
            mfa_authenticated: sessionContext.attributes?.mfaAuthenticated,
            session_issuer: {
              type: sessionContext.sessionIssuer?.type,
              arn: sessionContext.sessionIssuer?.arn,
              user_name: sessionContext.sessionIssuer?.userName,
            },
          },
        },
        flattened: {
          request_parameters: record.requestParameters,
          response_elements: record.responseElements,
        },
        event_type: record.eventType,
        event_version: record.eventVersion,
      },
    },
  };
};

const sentinel = (record: CloudTrailRecord): Fields => {
  const { type, principalId, arn, accountId, accessKeyId, userName, sessionContext } =
    record.userIdentity ?? {};
  const { sessionIssuer = {}, attributes = {} } = sessionContext ?? {};
  return {
    TenantId: "t",
    SourceSystem: "AWS",
    TimeGenerated: record.eventTime,
    AwsEventId: record.eventID,
    AwsRequestId_: record.requestID,
    AWSRegion: record.awsRegion,
    EventName: record.eventName,
    EventSource: record.eventSource,
    EventTypeName: record.eventType,
    EventVersion: record.eventVersion,
    ErrorCode: "",
    ErrorMessage: "",
    ManagementEvent: true,
    ReadOnly: record.readOnly ?? false,
    RecipientAccountId: record.recipientAccountId,
    RequestParameters: cell(record.requestParameters),
    ResponseElements: cell(record.responseElements),
    SourceIpAddress: record.sourceIPAddress,
    UserAgent: record.userAgent,
    UserIdentityType: type,
    UserIdentityPrincipalid: principalId,
    UserIdentityArn: arn,
    UserIdentityAccountId: accountId,
    UserIdentityAccessKeyId: accessKeyId,
    UserIdentityUserName: userName ?? "",
    SessionMfaAuthenticated: attributes.mfaAuthenticated ?? "",
    SessionIssuerType: sessionIssuer.type ?? "",
    SessionIssuerArn: sessionIssuer.arn ?? "",
    SessionIssuerUserName: sessionIssuer.userName ?? "",
    SessionIssuerPrincipalId: sessionIssuer.principalId ?? "",
    SessionIssuerAccountId: sessionIssuer.accountId ?? "",
    Type: "AWSCloudTrail",
  };
};
const sentinelRows = (records: CloudTrailRecord[]) => {
  const rows = records.map(sentinel);
  const names = Object.keys(rows[0] ?? {});
  return { names, rows: rows.map((row) => names.map((name) => row[name] ?? null)) };
};

const dotted = (value: Fields, prefix = ""): Fields =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      typeof member === "object" &&
      member !== null &&
      !Array.isArray(member) &&
      Object.keys(member).length > 0
        ? Object.entries(dotted(member as Fields, `${prefix}${name}.`))
        : [[`${prefix}${name}`, member]],
    ),
  );

/** Scalars as YAML writes them in single quotes. */
const yamlText = (text: string) => `'${text.replace(/'/g, "''")}'`;

/** A tar of files. */
export function tarOf(files: Record<string, string | Uint8Array>): Buffer {
  const blocks: Buffer[] = [];
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write("0000644\0", 100);
    header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("00000000000\0", 136);
    header.write("        ", 148);
    header.write("0", 156);
    header.write("ustar\0" + "00", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    blocks.push(header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** Zstandard with raw blocks: valid, though nothing is compressed. */
export function zstdOf(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  const blockBytes = 64 * 1024;
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x80, 0x58])];
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  parts.push(size);
  for (let at = 0; at === 0 || at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (at + blockBytes >= bytes.length ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}

export function utf16be(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}

/** All forms whose content is JSON or text. */
export const writers: Writer[] = [
  { form: "a log file", write: logFile },
  { form: "a log file that jq printed", write: (records) => pretty({ Records: records }) },
  { form: "log files one after another", write: (records) => records.map((one) => logFile([one])).join("") },
  {
    form: "log files, each on a line",
    write: (records) => records.map((one) => `${logFile([one])}\n`).join(""),
  },
  {
    form: "pretty log files one after another",
    write: (records) => records.map((one) => pretty({ Records: [one] })).join("\n"),
  },
  { form: "JSON lines", write: lines },
  { form: "JSON lines with commas", write: (records) => records.map(json).join(",\n") },
  { form: "JSON lines with CRLF", write: (records) => lines(records).replace(/\n/g, "\r\n") },
  { form: "JSON without anything between", write: (records) => records.map(json).join("") },
  { form: "JSON text sequences", write: (records) => records.map((one) => `\u001e${json(one)}\n`).join("") },
  { form: "what jq prints of records", write: (records) => records.map(pretty).join("\n") },
  { form: "an array", write: json },
  { form: "a pretty array", write: pretty },
  { form: "arrays, each on a line", write: (records) => lines(records.map((one) => [one])) },
  { form: "strings of JSON, each on a line", write: (records) => lines(records.map(json)) },
  { form: "LookupEvents", write: (records) => pretty({ Events: records.map(lookupEvent), NextToken: "x" }) },
  { form: "LookupEvents --query Events", write: (records) => pretty(records.map(lookupEvent)) },
  { form: "LookupEvents --query Events[].CloudTrailEvent", write: (records) => pretty(records.map(json)) },
  {
    form: "LookupEvents --query Events[].CloudTrailEvent --output text",
    write: (records) => `${records.map(json).join("\t")}\n`,
  },
  {
    form: "LookupEvents --output text",
    write: (records) =>
      records
        .map(
          (record) =>
            `EVENTS\tAKIAEXAMPLE\t${json(record)}\t${record.eventID}\t${record.eventName}\t${record.eventSource}\t2026-05-04T10:00:00+00:00\tfalse\tmallory\nRESOURCES\tbob\tAWS::IAM::User\n`,
        )
        .join(""),
  },
  {
    form: "LookupEvents --output table",
    write: (records) =>
      [
        "-".repeat(40),
        "|              LookupEvents              |",
        "+----------------------------------------+",
        ...records.flatMap((record) => [
          "||                Events                ||",
          `||  CloudTrailEvent|  ${json(record)}  ||`,
          `||  EventId        |  ${record.eventID}  ||`,
        ]),
        `+${"-".repeat(40)}+`,
        "",
      ].join("\n"),
  },
  {
    form: "LookupEvents --output yaml",
    write: (records) =>
      `Events:\n${records
        .map(
          (record) =>
            `- AccessKeyId: AKIAEXAMPLE\n  CloudTrailEvent: ${yamlText(json(record))}\n  EventId: ${record.eventID}\n  EventTime: '2026-05-04T10:00:00+00:00'\n`,
        )
        .join("")}`,
  },
  {
    form: "an event of EventBridge",
    write: ([first, ...others]) =>
      [event(first as CloudTrailRecord), ...others.map(event)].map(pretty).join("\n"),
  },
  { form: "events of EventBridge, each on a line", write: (records) => lines(records.map(event)) },
  { form: "an array of events of EventBridge", write: (records) => json(records.map(event)) },
  {
    form: "entries of PutEvents",
    write: (records) =>
      json({
        Entries: records.map((one) => ({
          Source: "x",
          DetailType: "AWS API Call via CloudTrail",
          Detail: json(one),
        })),
      }),
    hasNote: true,
  },
  {
    form: "events of EventBridge in an event of SQS",
    write: (records) =>
      json({
        Records: records.map((one) => ({ messageId: "1", body: json(event(one)), eventSource: "aws:sqs" })),
      }),
  },
  {
    form: "events of EventBridge in messages of SQS",
    write: (records) =>
      json({ Messages: records.map((one) => ({ MessageId: "1", Body: json(event(one)) })) }),
  },
  {
    form: "messages of SQS --output text",
    write: (records) => records.map((one) => `MESSAGES\t${json(event(one))}\td41d8cd9\t1\tAQEB\n`).join(""),
  },
  { form: "envelopes of SNS", write: (records) => lines(records.map((one) => envelope(json(event(one))))) },
  {
    form: "envelopes of SNS in messages of SQS",
    write: (records) =>
      json({ Messages: records.map((one) => ({ Body: json(envelope(json(event(one)))) })) }),
  },
  {
    form: "an event of SNS",
    write: (records) =>
      json({ Records: records.map((one) => ({ EventSource: "aws:sns", Sns: envelope(json(event(one))) })) }),
  },
  {
    form: "an event of Kinesis",
    write: (records) => json({ Records: records.map((one) => kinesisEvent(base64(json(one)))) }),
  },
  {
    form: "an event of Kinesis from a subscription",
    write: (records) => json({ Records: [kinesisEvent(base64(gzipSync(json(subscription(records)))))] }),
  },
  {
    form: "GetRecords of Kinesis",
    write: (records) =>
      json({
        Records: records.map((one) => ({ SequenceNumber: "1", Data: base64(json(one)), PartitionKey: "1" })),
        MillisBehindLatest: 0,
      }),
  },
  {
    form: "an event of Firehose",
    write: (records) =>
      json({
        invocationId: "1",
        records: records.map((one) => ({ recordId: "1", data: base64(json(event(one))) })),
      }),
  },
  {
    form: "an event of Kafka",
    write: (records) =>
      json({
        eventSource: "aws:kafka",
        records: { "t-0": records.map((one) => ({ topic: "t", value: base64(json(one)) })) },
      }),
  },
  {
    form: "a subscription of CloudWatch Logs",
    write: (records) => json({ awslogs: { data: base64(gzipSync(json(subscription(records)))) } }),
  },
  { form: "a subscription of CloudWatch Logs, inflated", write: (records) => json(subscription(records)) },
  {
    form: "a subscription of CloudWatch Logs in Firehose",
    write: (records) => records.map((one) => json(subscription([one]))).join(""),
  },
  {
    form: "GetLogEvents",
    write: (records) => pretty({ events: records.map(logEvent), nextForwardToken: "f/1/s" }),
  },
  {
    form: "FilterLogEvents",
    write: (records) => pretty({ events: records.map(logEvent), searchedLogStreams: [] }),
  },
  { form: "FilterLogEvents --query events", write: (records) => pretty(records.map(logEvent)) },
  { form: "FilterLogEvents --query events[].message", write: (records) => pretty(records.map(json)) },
  {
    form: "GetLogEvents --output text",
    write: (records) =>
      `b/${"3".repeat(56)}/s\tf/${"3".repeat(56)}/s\n${records.map((one) => `EVENTS\t1777888801000\t${json(one)}\t1777888800000\n`).join("")}`,
  },
  {
    form: "an export of CloudWatch Logs",
    write: (records) => records.map((one) => `2026-05-04T10:00:00.000Z ${json(one)}\n`).join(""),
  },
  {
    form: "aws logs tail",
    write: (records) =>
      records
        .map((one) => `2026-05-04T10:00:00.123000+00:00 111122223333_CloudTrail_us-east-1_2 ${json(one)}\n`)
        .join(""),
  },
  {
    form: "aws logs tail --format short",
    write: (records) => records.map((one) => `2026-05-04T10:00:00 ${json(one)}\n`).join(""),
  },
  {
    form: "aws logs tail --format json",
    write: (records) =>
      records.map((one) => `2026-05-04T10:00:00.123000+00:00 stream\n${pretty(one)}\n`).join(""),
  },
  {
    form: "results of Insights",
    write: (records) =>
      json({
        results: records.map((one) => [
          { field: "@timestamp", value: "2026-05-04 10:00:00.000" },
          { field: "@message", value: json(one) },
          { field: "@ptr", value: "Cl0" },
        ]),
        statistics: { recordsMatched: 4.0 },
        status: "Complete",
      }),
  },
  {
    form: "results of Insights as the console has them",
    write: (records) =>
      json(records.map((one) => ({ "@timestamp": "2026-05-04 10:00:00.000", "@message": json(one) }))),
  },
  {
    form: "results of Insights with the message parsed",
    write: (records) =>
      json(records.map((one) => ({ "@timestamp": "2026-05-04 10:00:00.000", "@message": one }))),
  },
  {
    form: "results of Insights as CSV",
    write: (records) =>
      csv([["@timestamp", "@message"], ...records.map((one) => ["2026-05-04 10:00:00.000", json(one)])]),
  },
  { form: "Athena's UNLOAD", write: (records) => lines(records.map(lowerCase)) },
  {
    form: "lower case all the way down",
    write: (records) =>
      lines(records.map((one) => ({ ...lowerCase(one), useridentity: deepLower(one.userIdentity) }))),
  },
  {
    form: "upper case",
    write: (records) =>
      lines(
        records.map((one) =>
          Object.fromEntries(
            Object.entries(lowerCase(one)).map(([name, value]) => [name.toUpperCase(), value]),
          ),
        ),
      ),
  },
  {
    form: "snake case",
    write: (records) =>
      lines(
        records.map((one) =>
          Object.fromEntries(
            columnNames.map((name) => [name.replace(/([a-z])([A-Z]+)/g, "$1_$2").toLowerCase(), one[name]]),
          ),
        ),
      ),
  },
  {
    form: "Athena as CSV",
    write: (records) => csv([columnNames.map((name) => name.toLowerCase()), ...records.map(cells)]),
  },
  {
    form: "Athena as CSV, all in quotes",
    write: (records) =>
      [columnNames.map((name) => name.toLowerCase()), ...records.map(cells)]
        .map((row) => row.map((text) => `"${text.replace(/"/g, '""')}"`).join(","))
        .join("\n"),
  },
  {
    form: "CSV with backslashes",
    write: (records) =>
      [columnNames, ...records.map(cells)]
        .map((row) => `${row.map((text) => `"${text.replace(/([\\"])/g, "\\$1")}"`).join(",")}\n`)
        .join(""),
  },
  {
    form: "CSV with semicolons and CRLF",
    write: (records) => csv([columnNames, ...records.map(cells)], ";", "\r\n"),
  },
  { form: "TSV", write: (records) => csv([columnNames, ...records.map(cells)], "\t") },
  {
    form: "Athena as CSV with rows as text",
    isLossy: true,
    write: (records) =>
      csv([
        columnNames.map((name) => name.toLowerCase()),
        ...records.map((one) =>
          columnNames.map((name) => (name === "userIdentity" ? struct(one.userIdentity) : cell(one[name]))),
        ),
      ]),
  },
  {
    form: "FilterLogEvents --query events[].[timestamp,message]",
    write: (records) => pretty(records.map((one) => [1777888800000, json(one)])),
  },
  {
    form: "JSON in a ticket",
    write: (records) => `\`\`\`json\n${records.map(pretty).join("\n")}\n\`\`\`\n`,
  },
  {
    form: "epoch time",
    write: (records) => lines(records.map((one) => ({ ...one, eventTime: Date.parse(one.eventTime) }))),
  },
  {
    form: "the portal of Sentinel as CSV",
    isLossy: true,
    write: (records) => {
      const { names, rows } = sentinelRows(
        records.map((one) => ({
          ...one,
          eventTime: `${new Date(one.eventTime).toLocaleString("en-US", { timeZone: "UTC" }).replace(/(\d) /, "$1.000 ").replace("\u202f", " ")}`,
        })),
      );
      return csv([
        names.map((name) => (name === "TimeGenerated" ? "TimeGenerated [UTC]" : name)),
        ...rows.map((row) => row.map(cell)),
      ]);
    },
  },
  {
    form: "the API of Kusto",
    isLossy: true,
    write: (records) => {
      const { names, rows } = sentinelRows(records);
      return json({
        Tables: [{ TableName: "Table_0", Columns: names.map((ColumnName) => ({ ColumnName })), Rows: rows }],
      });
    },
  },
  {
    form: "Elastic Common Schema as CSV",
    isLossy: true,
    write: (records) => {
      const columns: [string, (record: CloudTrailRecord) => unknown][] = [
        ["@timestamp", (one) => one.eventTime],
        ["event.action", (one) => one.eventName],
        ["event.provider", (one) => one.eventSource],
        ["event.id", (one) => one.eventID],
        ["cloud.region", (one) => one.awsRegion],
        ["cloud.account.id", (one) => one.recipientAccountId],
        ["user.name", (one) => one.userIdentity?.userName],
        ["aws.cloudtrail.user_identity.type", (one) => one.userIdentity?.type],
        ["aws.cloudtrail.user_identity.arn", (one) => one.userIdentity?.arn],
        ["aws.cloudtrail.user_identity.access_key_id", (one) => one.userIdentity?.accessKeyId],
        [
          "aws.cloudtrail.user_identity.session_context.session_issuer.type",
          (one) => one.userIdentity?.sessionContext?.sessionIssuer?.type,
        ],
        [
          "aws.cloudtrail.user_identity.session_context.session_issuer.arn",
          (one) => one.userIdentity?.sessionContext?.sessionIssuer?.arn,
        ],
        ["aws.cloudtrail.request_parameters", (one) => javaText(one.requestParameters)],
      ];
      return csv([
        columns.map(([name]) => name),
        ...records.map((one) => columns.map(([, of]) => cell(of(one)))),
      ]);
    },
  },
  {
    form: "GetQueryResults of Athena",
    write: (records) =>
      json({
        ResultSet: {
          Rows: [columnNames.map((name) => name.toLowerCase()), ...records.map(cells)].map((row) => ({
            Data: row.map((VarCharValue) => ({ VarCharValue })),
          })),
          ResultSetMetadata: {
            ColumnInfo: columnNames.map((name) => ({ Name: name.toLowerCase(), Type: "varchar" })),
          },
        },
      }),
  },
  { form: "S3 Select of records", write: lines },
  { form: "S3 Select of lists", write: (records) => lines([{ _1: records }]) },
  {
    form: "CloudTrail Lake's eventData",
    write: (records) => lines(records.map((eventData) => ({ eventData, metadata: {} }))),
  },
  {
    form: "CloudTrail Lake's eventJson",
    write: (records) => lines(records.map((one) => ({ eventJson: json(one) }))),
  },
  {
    form: "GetQueryResults of CloudTrail Lake",
    write: (records) =>
      json({
        QueryStatus: "FINISHED",
        QueryResultRows: records.map((one) => columnNames.map((name) => ({ [name]: cell(one[name]) }))),
      }),
  },
  {
    form: "rows of CloudTrail Lake",
    write: (records) => json(records.map((one) => columnNames.map((name) => ({ [name]: cell(one[name]) })))),
  },
  { form: "Elastic's event.original", write: (records) => lines(records.map(elastic)) },
  {
    form: "Elastic's event.original with a dot in its key",
    write: (records) =>
      lines(records.map((one) => ({ "@timestamp": one.eventTime, "event.original": json(one) }))),
  },
  {
    form: "Elastic's message",
    write: (records) =>
      lines(records.map((one) => ({ "@timestamp": one.eventTime, message: json(one), log: { offset: 0 } }))),
  },
  {
    form: "documents of Elasticsearch",
    write: (records) => lines(records.map((one) => ({ _index: "i", _id: "1", _source: elastic(one) }))),
  },
  {
    form: "a search of Elasticsearch",
    write: (records) =>
      pretty({
        took: 1,
        hits: { total: { value: 4 }, hits: records.map((one) => ({ _index: "i", _source: elastic(one) })) },
      }),
  },
  {
    form: "fields of Elasticsearch",
    write: (records) =>
      lines(records.map((one) => ({ _index: "i", fields: { "event.original": [json(one)] } }))),
    hasNote: true,
  },
  {
    form: "the bulk API of Elasticsearch",
    write: (records) => lines(records.flatMap((one) => [{ index: { _index: "i", _id: one.eventID } }, one])),
  },
  { form: "Elastic Common Schema", isLossy: true, write: (records) => lines(records.map(ecs)) },
  {
    form: "an export of Splunk",
    write: (records) =>
      lines([
        ...records.map((one, offset) => ({
          preview: false,
          offset,
          result: { _raw: json(one), _time: "2026" },
        })),
        { preview: false, lastrow: true },
      ]),
  },
  {
    form: "results of Splunk",
    write: (records) =>
      json({
        preview: false,
        init_offset: 0,
        messages: [],
        fields: [{ name: "_raw" }],
        results: records.map((one) => ({ _raw: json(one) })),
      }),
  },
  {
    form: "rows of Splunk",
    write: (records) =>
      json({ preview: false, fields: ["_time", "_raw"], rows: records.map((one) => ["2026", json(one)]) }),
  },
  {
    form: "columns of Splunk",
    write: (records) => json({ preview: false, fields: ["_raw"], columns: [records.map(json)] }),
  },
  {
    form: "Splunk as CSV",
    write: (records) => csv([["_time", "_raw"], ...records.map((one) => ["2026", json(one)])]),
  },
  {
    form: "Splunk's fields",
    write: (records) => lines(records.map((one) => ({ result: dotted(one) }))),
    hasNote: true,
  },
  {
    form: "raw events of Splunk",
    write: (records) =>
      records.map((one) => `May  4 10:00:00 host aws-cloudtrail[1]: ${json(one)}\n`).join(""),
  },
  {
    form: "Splunk HEC",
    write: (records) =>
      records.map((one) => json({ time: 1, host: "h", sourcetype: "aws:cloudtrail", event: one })).join(""),
  },
  { form: "Sentinel", write: (records) => lines(records.map(sentinel)), isLossy: true },
  {
    form: "the API of Log Analytics",
    isLossy: true,
    write: (records) => {
      const { names, rows } = sentinelRows(records);
      return json({
        tables: [{ name: "PrimaryResult", columns: names.map((name) => ({ name, type: "string" })), rows }],
      });
    },
  },
  {
    form: "Sentinel as CSV",
    isLossy: true,
    write: (records) => {
      const { names, rows } = sentinelRows(records);
      return csv([names, ...rows.map((row) => row.map(cell))]);
    },
  },
  {
    form: "Panther",
    write: (records) =>
      lines(
        records.map((one) => ({
          ...one,
          p_log_type: "AWS.CloudTrail",
          p_event_time: one.eventTime,
          p_any_ip_addresses: ["198.51.100.7"],
        })),
      ),
  },
  {
    form: "Docker and Kubernetes",
    write: (records) =>
      lines(records.map((one) => ({ log: `${json(one)}\n`, stream: "stdout", time: one.eventTime }))),
  },
  {
    form: "Loki's logcli",
    write: (records) =>
      lines(records.map((one) => ({ labels: { job: "x" }, line: json(one), timestamp: one.eventTime }))),
  },
  {
    form: "Loki's logcli with labels",
    write: (records) => records.map((one) => `2026-05-04T10:00:00Z {job="aws"} ${json(one)}\n`).join(""),
  },
  {
    form: "Loki's logcli with several labels",
    write: (records) =>
      records
        .map((one) => `2026-05-04T10:00:00+00:00 {job="aws", region="eu-west-1"} ${json(one)}\n`)
        .join(""),
  },
  {
    form: "Export-Csv of Windows PowerShell",
    write: (records) =>
      `#TYPE Amazon.CloudTrail.Model.Event\r\n"AccessKeyId","CloudTrailEvent"\r\n${records.map((one) => `"A","${json(one).replaceAll('"', '""')}"\r\n`).join("")}`,
  },
  {
    form: "a table for Excel that names its delimiter",
    write: (records) =>
      `sep=;\n"eventTime";"CloudTrailEvent"\n${records.map((one) => `"2026";"${json(one).replaceAll('"', '""')}"\n`).join("")}`,
  },
  {
    form: "a function's log",
    write: (records) =>
      `START RequestId: 8f5a Version: $LATEST\n${records.map((one) => `2026-05-04T10:00:00.123Z\t8f5a\tINFO\t${json(one)}\n`).join("")}END RequestId: 8f5a\nREPORT RequestId: 8f5a\tDuration: 1 ms\n`,
  },
  {
    form: "a log file with objects as text",
    write: (records) =>
      json({
        Records: records.map((one) => ({
          ...one,
          userIdentity: json(one.userIdentity),
          requestParameters: json(one.requestParameters),
        })),
      }),
  },
  {
    form: "messages of GELF, which end with a zero",
    write: (records) =>
      records.map((one) => `${json({ version: "1.1", host: "h", short_message: json(one) })}\0`).join(""),
  },
  {
    form: "one column of a table",
    hasNote: true,
    write: (records) => `RAW\n${records.map((one) => `"${json(one).replaceAll('"', '""')}"\n`).join("")}`,
  },
  {
    form: "Loki's API",
    write: (records) =>
      json({
        status: "success",
        data: {
          resultType: "streams",
          result: [{ stream: {}, values: records.map((one) => ["1777888800000000000", json(one)]) }],
        },
      }),
    hasNote: true,
  },
  {
    form: "Datadog's archive",
    write: (records) =>
      lines(records.map((one) => ({ _id: "1", date: one.eventTime, source: "cloudtrail", attributes: one }))),
  },
  {
    form: "Datadog's API",
    write: (records) =>
      json({
        data: records.map((one) => ({ id: "1", type: "log", attributes: { service: "x", attributes: one } })),
      }),
    hasNote: true,
  },
  {
    form: "Steampipe",
    write: (records) =>
      json(
        records.map((one) => ({
          event_name: one.eventName,
          event_source: one.eventSource,
          cloudtrail_event: json(one),
        })),
      ),
  },
  {
    form: "an alert of Wazuh",
    write: (records) => lines(records.map((one) => ({ agent: {}, data: { integration: "aws", aws: one } }))),
    hasNote: true,
  },
  {
    form: "CSV of one's own with the record in a column",
    write: (records) => csv([["id", "payload"], ...records.map((one) => ["1", json(one)])]),
    hasNote: true,
  },
  { form: "CSV without names", write: (records) => csv(records.map((one) => ["2026", json(one)])) },
];

/** What may be wrapped around a text of any of these forms. */
export const wrappers: Record<string, (content: string | Uint8Array) => Uint8Array> = {
  gzip: (content) => gzipSync(content),
  "gzip twice": (content) => gzipSync(gzipSync(content)),
  zip: (content) => zipSync({ "a/b.json": Buffer.from(content) }),
  "zip, stored": (content) => zipSync({ b: [Buffer.from(content), { level: 0 }] }),
  tar: (content) => tarOf({ "a/b": content }),
  "tar.gz": (content) => gzipSync(tarOf({ "a/b.json": content })),
  "gzip in tar": (content) => tarOf({ "a/b.json.gz": gzipSync(content) }),
  "gzip in zip": (content) => zipSync({ "a.json.gz": gzipSync(content) }),
  Zstandard: zstdOf,
  "base64 of gzip": (content) => Buffer.from(base64(gzipSync(content))),
  "base64 of gzip, in lines": (content) =>
    Buffer.from(`${base64(gzipSync(content)).replace(/.{76}/g, "$&\n")}\n`),
};

/** Other encodings of a text. */
export const encodings: Record<string, (text: string) => Uint8Array> = {
  "UTF-8 with a byte order mark": (text) => Buffer.from(`\ufeff${text}`),
  "UTF-16 LE": (text) => Buffer.from(text, "utf16le"),
  "UTF-16 LE with a byte order mark": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "UTF-16 BE": (text) => utf16be(text),
  "UTF-16 BE with a byte order mark": (text) => utf16be(`\ufeff${text}`),
};
