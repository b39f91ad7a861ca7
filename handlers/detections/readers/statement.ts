import { type Fields, fieldsOf, listOf, textOf } from "../../json";
import { matchesPattern } from "../../pattern";

/** One statement of a policy, with its lists as lists. */
export interface Statement {
  /** Its index in the document, from 0. */
  index: number;
  sid?: string;
  effect: "Allow" | "Deny";
  /** Whom it names. `NotPrincipal` is `not`: everyone but these. */
  principals: Principal[];
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  conditions: Condition[];
}

/** The kinds of principals in IAM; a bare string is `AWS`. */
export type PrincipalKind = "AWS" | "Service" | "Federated" | "CanonicalUser";

/** One principal of a statement. */
export interface Principal {
  kind: PrincipalKind;
  value: string;
  not: boolean;
}

/** One key of a `Condition` block. */
export interface Condition {
  /** As written: `StringEquals`, `ForAnyValue:StringLikeIfExists`. */
  operator: string;
  /** As written: `aws:PrincipalOrgID`, in any case. */
  key: string;
  values: string[];
}

/**
 * The statements of a policy document in any form that records contain: JSON text, JSON text that is URL-encoded or wrapped
 * in another string, an object. Anything else (`""`, broken JSON, null) has no statements; never throws.
 */
export function statementsOf(document: unknown): Statement[] {
  const policy = documentOf(document);
  return listOf(elementOf(policy, "Statement"))
    .map(fieldsOf)
    .map(statementOf)
    .filter((statement) => statement !== undefined);
}

/** The policy document in any of the forms that {@link statementsOf} reads, as an object; empty if it is not one. */
export function documentOf(document: unknown): Fields {
  return fieldsOf(parsed(document));
}

/** Whether a statement covers an action, or any that a pattern (`sts:AssumeRole*`) covers. */
export function mayAllow(statement: Statement, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  const meets = (action: string) => matchesPattern(action, wanted) || matchesPattern(wanted, action);
  if (statement.actions.length > 0) return statement.actions.some((action) => meets(action.toLowerCase()));
  return !statement.notActions.some((action) => matchesPattern(action.toLowerCase(), wanted));
}

/** Whether a statement covers everything that an action pattern covers. */
export function coversAction(statement: Statement, action: string): boolean {
  const wanted = action.toLowerCase();
  if (statement.actions.length > 0)
    return statement.actions.some((pattern) => matchesPattern(pattern.toLowerCase(), wanted));
  // What `NotAction` excludes may be part of it, or all of it.
  return (
    statement.notActions.length > 0 &&
    !statement.notActions.some((pattern) => {
      const left = pattern.toLowerCase();
      return matchesPattern(left, wanted) || matchesPattern(wanted, left);
    })
  );
}

/** Whether a statement covers all resources that a pattern covers. ARNs of all partitions are equivalent. */
export function coversResource(statement: Statement, resource: string): boolean {
  const wanted = inOnePartition(resource);
  if (statement.resources.length > 0)
    return statement.resources.some((pattern) => matchesPattern(inOnePartition(pattern), wanted));
  return (
    statement.notResources.length > 0 &&
    !statement.notResources.some((pattern) => matchesPattern(inOnePartition(pattern), wanted))
  );
}

/** `arn:aws:…` for `arn:aws-us-gov:…`, `arn:aws-cn:…`: no document is about two partitions. */
export function inOnePartition(arn: string): string {
  return arn.replace(/^arn:aws-[a-z-]+:/, "arn:aws:");
}

/** How often a document may be wrapped: in a string, or URL-encoded. */
const maxWrapped = 3;

function parsed(document: unknown): unknown {
  let value = document;
  for (let unwrapped = 0; typeof value === "string" && unwrapped <= maxWrapped; unwrapped += 1)
    value = jsonOf(value) ?? urlDecoded(value);
  return value;
}

function jsonOf(text: string): unknown {
  try {
    // Editors put a byte order mark before it, which AWS accepts.
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined; // broken documents occur in real logs; AWS rejected them
  }
}

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return "";
  }
}

function statementOf(fields: Fields, index: number): Statement | undefined {
  const effect = textOf(elementOf(fields, "Effect"))?.toLowerCase();
  if (effect !== "allow" && effect !== "deny") return undefined;
  const statement: Statement = {
    index,
    effect: effect === "allow" ? "Allow" : "Deny",
    principals: [
      ...principalsOf(elementOf(fields, "Principal"), false),
      ...principalsOf(elementOf(fields, "NotPrincipal"), true),
    ],
    actions: textsIn(elementOf(fields, "Action")),
    notActions: textsIn(elementOf(fields, "NotAction")),
    resources: textsIn(elementOf(fields, "Resource")),
    notResources: textsIn(elementOf(fields, "NotResource")),
    conditions: conditionsOf(elementOf(fields, "Condition")),
  };
  const sid = textOf(elementOf(fields, "Sid")) ?? "";
  if (sid !== "") statement.sid = sid;
  return statement;
}

/** An element of a policy or statement, in whatever case: tools that convert records also change `Effect` to `effect`. */
function elementOf(fields: Fields, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const wanted = name.toLowerCase();
  const spelled = Object.keys(fields).find((key) => key.toLowerCase() === wanted);
  return spelled === undefined ? undefined : fields[spelled];
}

function principalsOf(value: unknown, not: boolean): Principal[] {
  if (typeof value === "string" || Array.isArray(value))
    return textsIn(value).map((text) => ({ kind: "AWS", value: text, not }));
  const fields = fieldsOf(value);
  const kinds: PrincipalKind[] = ["AWS", "Service", "Federated", "CanonicalUser"];
  return kinds.flatMap((kind) =>
    textsIn(elementOf(fields, kind)).map((text) => ({ kind, value: text, not })),
  );
}

function conditionsOf(value: unknown): Condition[] {
  return Object.entries(fieldsOf(value)).flatMap(([operator, keys]) =>
    Object.entries(fieldsOf(keys))
      .filter(([, values]) => values !== null)
      .map(([key, values]) => ({ operator, key, values: textsIn(values) })),
  );
}

function textsIn(value: unknown): string[] {
  // An account id may be a number, which loses leading zeros; IAM reads it that way, too.
  return listOf(value)
    .filter((item) => typeof item === "string" || typeof item === "number" || typeof item === "boolean")
    .map(String);
}
