import type { Call } from "../handlers/aws/call";
import { awsServices } from "../handlers/aws/services";
import type { Plan } from "../handlers/remediations/remediation";
import { botocoreData } from "./install-emulator";
import {
  openServiceModels,
  type ServiceModel,
  type ServiceModels,
  type Shape,
  type ShapeRef,
  shapeOf,
} from "./recorder/service-models";

/** botocore's folder, if its name differs from the AWS CLI's name of the service. */
const folders: Record<string, string> = { configservice: "config" };

/** What a model says about a value besides its type. */
export type Constraints = Shape & { enum?: string[]; min?: number; max?: number; pattern?: string };

let opened: ServiceModels | undefined;

/** botocore's model of the service that a call is made to. */
export function modelOf(call: Call): ServiceModel {
  opened ??= openServiceModels(botocoreData());
  return opened.load(folders[call.service] ?? call.service);
}

/**
 * What AWS, according to botocore's model of the service, or the installed SDK would reject in a call: an unknown operation or
 * member, a missing required member, a value of another type, length or enumeration. Empty for a valid call. Members that come
 * from the answers of other calls are assumed to be present.
 */
export function problemsOfCall(call: Call): string[] {
  const name = `${call.service}:${call.operation}`;
  const service = awsServices[call.service];
  if (service === undefined) return [`${name}: no such service in handlers/aws/services.ts`];
  const problems: string[] = [];
  if (service.load()[`${call.operation}Command`] === undefined) problems.push(`${name}: not in the SDK`);
  const model = modelOf(call);
  const operation = model.operations[call.operation];
  if (operation === undefined) return [...problems, `${name}: no such operation`];
  problems.push(...problemsOfInput(call, model, operation.input ?? { shape: "none" }, name));
  if (call.failuresIn !== undefined && !hasPath(model, operation.output, call.failuresIn))
    problems.push(`${name}: its answer has no member ${call.failuresIn}`);
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(call.region)) problems.push(`${name}: ${call.region} is no region`);
  if (call.doneWhen?.length === 0) problems.push(`${name}: doneWhen is empty`);
  return problems;
}

function problemsOfInput(call: Call, model: ServiceModel, input: ShapeRef, name: string): string[] {
  const { bytes = [] } = call;
  const later = Object.keys(call.fromAnswers ?? {});
  const members = shapeOf(model, input).members ?? {};
  const json = Object.fromEntries(Object.entries(call.input).filter(([member]) => !bytes.includes(member)));
  const problemOfBytes = (member: string): string[] => {
    const ref = members[member];
    const text = String(call.input[member]);
    if (ref === undefined || shapeOf(model, ref).type !== "blob") return [`${name}.${member}: no bytes`];
    return Buffer.from(text, "base64").toString("base64") === text
      ? []
      : [`${name}.${member}: expected base64, found ${JSON.stringify(text)}`];
  };
  return [
    ...problemsOfValue(model, input, json, name, [...later, ...bytes]),
    ...bytes.flatMap(problemOfBytes),
    ...later
      .filter((member) => !Object.hasOwn(members, member))
      .map((member) => `${name}.${member} (from an answer): no such member`),
  ];
}

/** The problems of all calls of a plan and its rollback, and of what the rollback takes from the plan's answers. */
export function problemsOfPlan(plan: Plan): string[] {
  const taken = plan.rollback.flatMap((rollback) =>
    Object.entries(rollback.fromAnswers ?? {}).flatMap(([member, { call: index, path }]) => {
      const call = plan.calls[index];
      const where = `rollback ${rollback.operation}.${member}`;
      if (call === undefined) return [`${where}: the plan has no call ${index}`];
      const model = modelOf(call);
      return hasPath(model, model.operations[call.operation]?.output, path)
        ? []
        : [`${where}: the answer of ${call.operation} has no ${path}`];
    }),
  );
  return [
    ...plan.calls.flatMap(problemsOfCall),
    ...plan.rollback.flatMap(problemsOfCall),
    ...taken,
    ...problemsOfReceipt(plan),
  ];
}

/** Of several calls some may be refused: each call of the rollback has to say which of them it reverts. */
export function problemsOfReceipt({ calls, rollback }: Plan): string[] {
  return rollback.flatMap(({ operation, reverts, unlessMade = [], fromAnswers = {} }) => {
    const where = `rollback ${operation}`;
    if (reverts === undefined || reverts.length === 0)
      return calls.length > 1 || reverts !== undefined ? [`${where}: does not say what it reverts`] : [];
    const beyond = [...reverts, ...unlessMade].filter((index) => calls[index] === undefined);
    const strangers = Object.values(fromAnswers).filter(({ call }) => !reverts.includes(call));
    return [
      ...beyond.map((index) => `${where}: the plan has no call ${index}`),
      ...strangers.map(({ call }) => `${where}: takes a value from call ${call}, which it does not revert`),
    ];
  });
}

function hasPath(model: ServiceModel, ref: ShapeRef | undefined, path: string): boolean {
  let at = ref;
  for (const field of path.split(".")) at = at && shapeOf(model, at).members?.[field];
  return at !== undefined;
}

/** A value, and what its model says about it. */
interface Checked {
  model: ServiceModel;
  shape: Constraints;
  value: unknown;
  path: string;
  /** Members that are filled in later. */
  later: string[];
}

function problemsOfValue(
  model: ServiceModel,
  ref: ShapeRef,
  value: unknown,
  path: string,
  later: string[] = [],
): string[] {
  const shape = (model.shapes[ref.shape] ?? { type: "structure" }) as Constraints;
  const check = Object.hasOwn(checks, shape.type) ? checks[shape.type] : undefined;
  const checked = { model, shape, value, path, later };
  // Timestamps and blobs are not JSON, and a call is only JSON.
  return check?.(checked) ?? wrong(checked, `nothing: a ${shape.type} cannot be kept as JSON`);
}

function wrong({ path, value }: Checked, expected: string): string[] {
  return [`${path}: expected ${expected}, found ${JSON.stringify(value)}`];
}

/** What is wrong with a value, by the type of its shape. */
const checks: Record<string, (checked: Checked) => string[]> = {
  structure: problemsOfStructure,
  list: problemsOfList,
  map(checked) {
    const { model, shape, value, path } = checked;
    const { value: member } = shape;
    if (!isMap(value)) return wrong(checked, "a map");
    if (member === undefined) return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      problemsOfValue(model, member, inner, `${path}.${key}`),
    );
  },
  string(checked) {
    const { shape, value } = checked;
    if (typeof value !== "string") return wrong(checked, "text");
    if (shape.enum !== undefined && !shape.enum.includes(value))
      return wrong(checked, `one of ${shape.enum.join(", ")}`);
    if (isWithin(shape, value.length)) return [];
    return wrong(checked, `${shape.min ?? 0} to ${shape.max ?? "any"} characters`);
  },
  boolean: (checked) => (typeof checked.value === "boolean" ? [] : wrong(checked, "a boolean")),
  integer: problemsOfInteger,
  long: problemsOfInteger,
  float: problemsOfNumber,
  double: problemsOfNumber,
};

function problemsOfStructure(checked: Checked): string[] {
  const { model, shape, value, path, later } = checked;
  if (!isMap(value)) return wrong(checked, "a structure");
  const { members = {}, required = [] } = shape;
  const missing = required.filter((name) => value[name] === undefined && !later.includes(name));
  return [
    ...missing.map((name) => `${path}.${name}: required and missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const member = members[name];
      return member === undefined
        ? [`${path}.${name}: no such member (${Object.keys(members).join(", ")})`]
        : problemsOfValue(model, member, inner, `${path}.${name}`);
    }),
  ];
}

function problemsOfList(checked: Checked): string[] {
  const { model, shape, value, path } = checked;
  if (!Array.isArray(value)) return wrong(checked, "a list");
  const { member } = shape;
  const length = isWithin(shape, value.length)
    ? []
    : wrong(checked, `${shape.min ?? 0} to ${shape.max ?? "any"} items`);
  const items = value.flatMap((item, index) =>
    member === undefined ? [] : problemsOfValue(model, member, item, `${path}[${index}]`),
  );
  return [...length, ...items];
}

function problemsOfInteger(checked: Checked): string[] {
  const { shape, value } = checked;
  if (!Number.isInteger(value)) return wrong(checked, "a whole number");
  return isWithin(shape, value as number)
    ? []
    : wrong(checked, `${shape.min ?? "any"} to ${shape.max ?? "any"}`);
}

function problemsOfNumber(checked: Checked): string[] {
  return Number.isFinite(checked.value) ? [] : wrong(checked, "a number");
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWithin(shape: Constraints, size: number): boolean {
  return size >= (shape.min ?? size) && size <= (shape.max ?? size);
}
