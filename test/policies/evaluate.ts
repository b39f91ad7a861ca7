import type { PolicyDocument, Statement } from "../../policies/document";

/** A request as IAM sees it. */
export interface Request {
  action: string;
  resource: string;
  /** The caller, for resource policies: `cloudtrail.amazonaws.com`, or an ARN. */
  principal?: string;
  /** Condition keys; of some, several values. */
  context?: Record<string, string | string[]>;
}

/**
 * IAM's decision on one document: an explicit deny wins, then an allow; without either, nothing is allowed. Knows the
 * operators that the project's documents use, and throws on others.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(document: PolicyDocument, request: Request): "allow" | "deny" | "none" {
  const holding = document.Statement.filter((statement) => holds(statement, request));
  if (holding.some(({ Effect }) => Effect === "Deny")) return "deny";
  return holding.length > 0 ? "allow" : "none";
}

function holds(statement: Statement, { action, resource, principal, context = {} }: Request): boolean {
  const { Action, NotAction = [], Resource, Principal, Condition = {} } = statement;
  const named = (patterns: string[]) => patterns.some((one) => like(one.toLowerCase(), action.toLowerCase()));
  return (
    (Action === undefined ? !named(NotAction) : named(Action)) &&
    (Resource === undefined || Resource.some((pattern) => like(pattern, resource))) &&
    (Principal === undefined ||
      Principal === "*" ||
      Object.values(Principal).some((one) => names(one, principal))) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => compare(operator, context[key], [values].flat())),
    )
  );
}

/** The root of an account stands for everybody in it. */
function names(principal: string, asking: string | undefined): boolean {
  const root = /^arn:aws:iam::(\d{12}):root$/.exec(principal);
  return root === null ? principal === asking : asking?.includes(`:${root[1]}:`) === true;
}

function compare(operator: string, found: string | string[] | undefined, wanted: string[]): boolean {
  if (operator === "ForAllValues:StringEquals")
    return [found ?? []].flat().every((one) => wanted.includes(one));
  const value = Array.isArray(found) ? found.join() : found;
  const equal = wanted.some((one) => one === value);
  const alike = value !== undefined && wanted.some((one) => like(one, value));
  switch (operator) {
    case "StringEquals":
    case "Bool":
      return equal;
    case "StringNotEquals":
      return !equal;
    case "ArnEquals":
    case "ArnLike":
      return alike;
    case "ArnLikeIfExists":
      return value === undefined || alike;
    case "StringEqualsIfExists":
      return value === undefined || equal;
    case "ArnNotEquals":
    case "ArnNotLike":
      return !alike;
    case "Null":
      return wanted.includes(String(value === undefined));
    default:
      throw new Error(`expected a known operator, found ${operator}`);
  }
}

function like(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${expression}$`).test(value);
}
