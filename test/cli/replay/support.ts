import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ReplayFinding } from "../../../cli/replay/findings";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { aRecord, account } from "../../support/factories";
import { called } from "../called";

/** The result of a run of `replay`. */
export interface Run {
  code: number;
  out: string[];
  err: string[];
}

/** A folder for one test, and `replay` on its content. */
export function aFolder() {
  const path = mkdtempSync(join(tmpdir(), "cloudtrailer-forms-"));
  const replay = (...args: string[]): Promise<Run> => called(["replay", ...args]);
  return {
    path,
    put(name: string, content: string | Uint8Array): string {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    replay,
    async findings(...args: string[]) {
      const { code, out, err } = await replay("--format", "jsonl", ...args);
      return { code, err, found: out.map((line) => JSON.parse(line) as ReplayFinding) };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Records as in real log files: of users and roles, with and without findings, with everything JSON can contain. */
export const someRecords: CloudTrailRecord[] = [
  aRecord(),
  aRecord({
    eventID: "0f0e0d0c-0000-4000-8000-000000000002",
    eventSource: "cloudtrail.amazonaws.com",
    eventName: "StopLogging",
    awsRegion: "eu-central-1",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLE:session",
      arn: `arn:aws:sts::${account}:assumed-role/deploy/session`,
      accountId: account,
      accessKeyId: "ASIAEXAMPLE",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROAEXAMPLE",
          arn: `arn:aws:iam::${account}:role/deploy`,
          accountId: account,
          userName: "deploy",
        },
        attributes: { creationDate: "2026-05-04T09:00:00Z", mfaAuthenticated: "false" },
      },
    },
    requestParameters: { name: `arn:aws:cloudtrail:eu-central-1:${account}:trail/main` },
  }),
  aRecord({
    eventID: "0f0e0d0c-0000-4000-8000-000000000003",
    eventSource: "ec2.amazonaws.com",
    eventName: "AuthorizeSecurityGroupIngress",
    userAgent: 'a "quoted", é € 🚨 agent\twith\ntwo lines; and {braces} [and more] \\ C:\\x | =',
    requestParameters: {
      groupId: "sg-0123456789abcdef0",
      ipPermissions: {
        items: [
          {
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            groups: {},
            ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    },
    responseElements: { requestId: "x", _return: true },
  }),
  aRecord({
    eventID: "0f0e0d0c-0000-4000-8000-000000000004",
    eventSource: "sts.amazonaws.com",
    eventName: "GetCallerIdentity",
    requestParameters: null,
    readOnly: true,
  }),
];

/** The same findings, whatever file they were in. */
export function withoutSource(findings: ReplayFinding[]): Omit<ReplayFinding, "source">[] {
  return findings.map(({ source: _, ...finding }) => finding).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The parts of a finding that even forms preserve that change the types of values. */
export function essenceOf(findings: ReplayFinding[]) {
  return withoutSource(findings).map(
    ({ id, eventID, detection, severity, account, region, eventTime, actor, resources }) => ({
      id,
      eventID,
      detection,
      severity,
      account,
      region,
      eventTime,
      actor: {
        type: actor.type,
        name: actor.name,
        arn: actor.arn,
        role: actor.role,
        accessKeyId: actor.accessKeyId,
      },
      resources,
    }),
  );
}
