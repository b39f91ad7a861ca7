import type { Call } from "../../handlers/aws/call";
import { awsServices } from "../../handlers/aws/services";
import type { Plan } from "../../handlers/remediations/remediation";
import { botocoreData } from "../../local/emulator";
import {
  openServiceModels,
  type ServiceModel,
  type ServiceModels,
  type Shape,
  type ShapeRef,
  shapeOf,
} from "../../local/recorder/service-models";

/** botocore's folder, where it has another name than the AWS CLI gives the service. */
const folders: Record<string, string> = { configservice: "config" };

/** What a model says about a value besides its type. */
type Constraints = Shape & { enum?: string[]; min?: number; max?: number; pattern?: string };

let opened: ServiceModels | undefined;

function modelOf(call: Call): ServiceModel {
  opened ??= openServiceModels(botocoreData());
  return opened.load(folders[call.service] ?? call.service);
}

/**
 * What AWS, as far as botocore's model of the service says, or the installed SDK would not accept of a call: an operation
 * or member that does not exist, a required member that is missing, a value of another type, length or enumeration.
 * Empty for a sound call. Members that come from the answers of other calls are taken to be there.
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
  const later = Object.keys(call.fromAnswers ?? {});
  const input = operation.input ?? { shape: "none" };
  const bytes = call.bytes ?? [];
  const json = Object.fromEntries(Object.entries(call.input).filter(([member]) => !bytes.includes(member)));
  problems.push(...problemsOfValue(model, input, json, name, [...later, ...bytes]));
  for (const member of bytes) {
    const ref = shapeOf(model, input).members?.[member];
    const text = String(call.input[member]);
    if (ref === undefined || shapeOf(model, ref).type !== "blob")
      problems.push(`${name}.${member}: no bytes`);
    else if (Buffer.from(text, "base64").toString("base64") !== text)
      problems.push(`${name}.${member}: expected base64, found ${JSON.stringify(text)}`);
  }
  for (const member of later)
    if (!Object.hasOwn(shapeOf(model, input).members ?? {}, member))
      problems.push(`${name}.${member} (from an answer): no such member`);
  if (call.failuresIn !== undefined && !hasPath(model, operation.output, call.failuresIn))
    problems.push(`${name}: its answer has no member ${call.failuresIn}`);
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(call.region)) problems.push(`${name}: ${call.region} is no region`);
  if (call.doneWhen !== undefined && call.doneWhen.length === 0) problems.push(`${name}: doneWhen is empty`);
  return problems;
}

/** The problems of all the calls of a plan and of its rollback, and of what the rollback says of the plan's calls. */
export function problemsOfPlan(plan: Plan): string[] {
  const taken = plan.rollback.flatMap((rollback) =>
    Object.entries(rollback.fromAnswers ?? {}).flatMap(([member, { call: index, path }]) => {
      const call = plan.calls[index];
      const where = `undo ${rollback.operation}.${member}`;
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
function problemsOfReceipt({ calls, rollback }: Plan): string[] {
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

function problemsOfValue(
  model: ServiceModel,
  ref: ShapeRef,
  value: unknown,
  path: string,
  later: string[] = [],
): string[] {
  const shape = (model.shapes[ref.shape] ?? { type: "structure" }) as Constraints;
  const wrong = (expected: string) => [`${path}: expected ${expected}, found ${JSON.stringify(value)}`];
  switch (shape.type) {
    case "structure": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("a structure");
      const members = shape.members ?? {};
      const missing = (shape.required ?? []).filter(
        (name) => (value as Record<string, unknown>)[name] === undefined && !later.includes(name),
      );
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
    case "list": {
      if (!Array.isArray(value)) return wrong("a list");
      const member = shape.member;
      const length = isWithin(shape, value.length)
        ? []
        : wrong(`${shape.min ?? 0} to ${shape.max ?? "any"} items`);
      return [
        ...length,
        ...value.flatMap((item, index) =>
          member === undefined ? [] : problemsOfValue(model, member, item, `${path}[${index}]`),
        ),
      ];
    }
    case "map": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("a map");
      const member = shape.value;
      return Object.entries(value).flatMap(([key, inner]) =>
        member === undefined ? [] : problemsOfValue(model, member, inner, `${path}.${key}`),
      );
    }
    case "string": {
      if (typeof value !== "string") return wrong("text");
      if (shape.enum !== undefined && !shape.enum.includes(value))
        return wrong(`one of ${shape.enum.join(", ")}`);
      return isWithin(shape, value.length)
        ? []
        : wrong(`${shape.min ?? 0} to ${shape.max ?? "any"} characters`);
    }
    case "boolean":
      return typeof value === "boolean" ? [] : wrong("a boolean");
    case "integer":
    case "long":
      if (!Number.isInteger(value)) return wrong("a whole number");
      return isWithin(shape, value as number) ? [] : wrong(`${shape.min ?? "any"} to ${shape.max ?? "any"}`);
    case "float":
    case "double":
      return typeof value === "number" && Number.isFinite(value) ? [] : wrong("a number");
    default:
      // Timestamps and blobs are no JSON, and a call is JSON only.
      return wrong(`nothing: a ${shape.type} cannot be kept as JSON`);
  }
}

/**
 * An answer to a call that has every member that AWS may give, as far as botocore's model of the service says.
 *
 * @param texts from which texts are taken
 * @param next a number from 0 up to, and without, another one
 */
export function answerOf(
  call: Call,
  texts: string[],
  next: (below: number) => number,
): Record<string, unknown> {
  const model = modelOf(call);
  const valueOf = (ref: ShapeRef, depth: number): unknown => {
    const shape = (model.shapes[ref.shape] ?? { type: "structure" }) as Constraints;
    const inner = (member: ShapeRef | undefined) =>
      member === undefined ? null : valueOf(member, depth + 1);
    switch (shape.type) {
      case "structure":
        return Object.fromEntries(
          (depth > 8 ? [] : Object.entries(shape.members ?? {})).map(([name, member]) => [
            name,
            inner(member),
          ]),
        );
      case "list":
        return depth > 8 ? [] : Array.from({ length: next(3) }, () => inner(shape.member));
      case "map":
        return depth > 8 ? {} : { [texts[next(texts.length)] ?? "a"]: inner(shape.value) };
      case "boolean":
        return next(2) === 1;
      case "timestamp":
        return new Date(next(2_000_000_000) * 1000);
      case "blob":
        return Buffer.from(texts[next(texts.length)] ?? "");
      case "string": {
        const pool = shape.enum ?? texts;
        return pool[next(pool.length)];
      }
      default:
        return next(100);
    }
  };
  const output = model.operations[call.operation]?.output;
  return output === undefined ? {} : (valueOf(output, 0) as Record<string, unknown>);
}

function isWithin(shape: Constraints, size: number): boolean {
  return size >= (shape.min ?? size) && size <= (shape.max ?? size);
}
