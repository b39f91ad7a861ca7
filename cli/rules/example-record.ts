import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import type { ExampleRecord } from "../../handlers/rules/examples";

/** The account of examples. */
export const exampleAccount = "111122223333";

/** When the first record of an example was made, epoch ms; the next one a second later. */
const begin = Date.parse("2026-05-04T10:00:00Z");

/**
 * The whole record of an example: what is not given of it, a usual call by a user has.
 *
 * @param file of the rule, from whose folder paths of records go
 * @param place of the record among others, from 0
 * @throws Error that says what was expected when it is a path, and no record is there
 */
export function recordOfExample(given: ExampleRecord, file: string, place = 0): CloudTrailRecord {
  const own = typeof given === "string" ? readRecord(join(dirname(file), given), given) : given;
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLEALICE0000",
      arn: `arn:aws:iam::${exampleAccount}:user/alice`,
      accountId: exampleAccount,
      accessKeyId: "AKIAEXAMPLEALICE0000",
      userName: "alice",
    },
    eventTime: new Date(begin + place * 1000).toISOString().replace(".000Z", "Z"),
    eventSource: "",
    eventName: "",
    awsRegion: "us-east-1",
    sourceIPAddress: "198.51.100.7",
    userAgent: "aws-cli/2.30.0",
    requestParameters: null,
    responseElements: null,
    requestID: "6d5c2b3e-0000-4000-8000-00000000000a",
    eventID: `0f0e0d0c-0000-4000-8000-${String(place).padStart(12, "0")}`,
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: exampleAccount,
    eventCategory: "Management",
    ...own,
  };
}

function readRecord(path: string, given: string): Partial<CloudTrailRecord> {
  const expected = `expected a record in ${given}, from the rule's folder`;
  if (!existsSync(path)) throw new Error(`${expected}, found no such file`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${expected}, found no JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof value !== "object" || value === null || !("eventName" in value))
    throw new Error(`${expected}, found no eventName`);
  return value as Partial<CloudTrailRecord>;
}
