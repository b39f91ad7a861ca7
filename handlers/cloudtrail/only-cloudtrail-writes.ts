import { type Fields, fieldsOf, listOf, textOf } from "../json";
import { matchesPattern } from "../pattern";

/** Calls that put an object into a bucket, or give somebody else control over one. */
export const writingActions = ["s3:PutObject", "s3:PutObjectAcl", "s3:ReplicateObject"];

/** CloudTrail's name as a caller. */
const cloudtrail = "cloudtrail.amazonaws.com";

/** What the condition of a statement may name for CloudTrail alone to be exempt: condition key → values. */
const exemptions: Record<string, (value: string) => boolean> = {
  // Only CloudTrail calls on behalf of a trail. What any trail writes is true, and its key has the account it is about.
  "aws:sourcearn": (value) => /^arn:[^:*?]+:cloudtrail:/.test(value),
  "aws:principalservicename": (value) => value === cloudtrail,
};

/** Operators that hold for everybody without the key, and for whoever has another value. */
const negated = /^(?:string|arn)not(?:equals|like)(?:ifexists)?$/;

const valuesOf = (value: unknown): string[] => listOf(value).map(String);

/** The condition of one statement as a list: operator and key in lower case, and values. */
function conditionsOf(statement: Fields): { operator: string; key: string; values: string[] }[] {
  return Object.entries(fieldsOf(statement.Condition)).flatMap(([operator, keys]) =>
    Object.entries(fieldsOf(keys)).map(([key, values]) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: valuesOf(values),
    })),
  );
}

function isEverybody(principal: unknown): boolean {
  return principal === "*" || listOf(fieldsOf(principal).AWS).includes("*");
}

/** Whether a statement denies these calls to everybody but CloudTrail. Anything that it does not know narrows a statement. */
function deniesOthers(statement: Fields, action: string, resource: string): boolean {
  if (statement.Effect !== "Deny" || !isEverybody(statement.Principal)) return false;
  if (statement.NotAction !== undefined || statement.NotResource !== undefined) return false;
  const covers = (patterns: unknown, text: string) =>
    valuesOf(patterns).some((pattern) => matchesPattern(pattern.toLowerCase(), text.toLowerCase()));
  if (!covers(statement.Action, action)) return false;
  // The whole folder: a pattern must end with `*`, and match where the folder starts.
  if (!valuesOf(statement.Resource).some((one) => one.endsWith("*") && matchesPattern(one, resource)))
    return false;
  const conditions = conditionsOf(statement);
  return conditions.every(({ operator, key, values }) => {
    const isExempt = Object.hasOwn(exemptions, key) ? exemptions[key] : undefined;
    return isExempt !== undefined && negated.test(operator) && values.length > 0 && values.every(isExempt);
  });
}

/**
 * The calls that somebody other than CloudTrail may make to forge log files, as far as the bucket's policy decides; empty if
 * CloudTrail alone writes. A statement that is not understood counts as absent.
 *
 * @param policy the bucket's policy as JSON; undefined if it has none
 * @param folder where log files are: `audit/AWSLogs/111122223333/`
 */
export function forgers(policy: string | undefined, bucketArn: string, folder: string): string[] {
  let statements: unknown[] = [];
  try {
    statements = listOf(fieldsOf(JSON.parse(policy ?? "{}")).Statement);
  } catch {
    statements = [];
  }
  const resource = `${bucketArn}/${folder}`;
  return writingActions.filter(
    (action) => !statements.some((statement) => deniesOthers(fieldsOf(statement), action, resource)),
  );
}

/** The bucket's policy in an answer of GetBucketPolicy. */
export function policyIn(answer: Fields): string | undefined {
  return textOf(answer.Policy);
}
