import type { Members } from "./decode";
import { type ServiceModel, type Shape, type ShapeRef, shapeOf } from "./service-models";

/** How CloudTrail writes the parameters of one service. */
export interface Style {
  /** Keys as in the API; otherwise with a lower-case first letter. */
  keysAsSent: boolean;
  timeOf(date: Date): string | number;
  /** Replaces a value that the model marks as sensitive; undefined omits its key. */
  sensitive: string | undefined;
  /** Members that are omitted. */
  omitted: ReadonlySet<string>;
  /** Members that are written as an empty object. */
  emptied: ReadonlySet<string>;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Jul 10, 2023, 12:07:59 PM`, as most services write it; with an empty `comma`, as IAM does. */
function writtenTime(date: Date, comma: string): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const hours = date.getUTCHours();
  const day = `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}${comma}`;
  const clock = `${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${day} ${clock} ${hours < 12 ? "AM" : "PM"}`;
}

const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";
const none: ReadonlySet<string> = new Set();

const usual: Style = {
  keysAsSent: false,
  timeOf: (date) => writtenTime(date, ","),
  sensitive: hidden,
  omitted: none,
  emptied: none,
};

/** Services that differ from the usual. */
const styles: Record<string, Partial<Style>> = {
  ce: { keysAsSent: true, timeOf: (date) => date.getTime() / 1000 },
  cloudwatch: { timeOf: (date) => date.toISOString() },
  "devops-guru": { keysAsSent: true, timeOf: (date) => date.getTime() / 1000 },
  ec2: { timeOf: (date) => date.getTime(), sensitive: "<sensitiveDataRemoved>" },
  iam: {
    timeOf: (date) => writtenTime(date, ""),
    sensitive: undefined,
    omitted: new Set(["AuthenticationCode1", "AuthenticationCode2", "Base32StringSeed", "QRCodePNG"]),
  },
  kms: {
    omitted: new Set([
      "Plaintext",
      "CiphertextBlob",
      "Message",
      "Signature",
      "EncryptedKeyMaterial",
      "ImportToken",
    ]),
  },
  lambda: { sensitive: undefined, omitted: new Set(["ZipFile"]), emptied: new Set(["Environment"]) },
  secretsmanager: { sensitive: undefined },
  sts: { omitted: new Set(["SecretAccessKey", "WebIdentityToken", "SAMLAssertion", "TokenCode"]) },
};

/** Secrets that some models do not mark. */
const alwaysHidden = new Set(["SessionToken", "MasterUserPassword", "AuthToken"]);

/** How CloudTrail writes the parameters of a service. */
export function styleOf(service: string): Style {
  return { ...usual, ...styles[service] };
}

function keyOf(name: string, style: Style): string {
  return style.keysAsSent ? name : name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** Writes a value of one type. */
type Writer = (model: ServiceModel, shape: Shape, value: unknown, style: Style) => unknown;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

function writtenStructure(model: ServiceModel, shape: Shape, value: unknown, style: Style): unknown {
  if (!isObject(value)) return value;
  const written: Members = {};
  for (const [name, each] of Object.entries(value)) {
    const member = shape.members?.[name];
    const shown = member && writtenMember(model, member, name, each, style);
    if (shown !== undefined) written[keyOf(name, style)] = shown;
  }
  return written;
}

/** @returns undefined if the event does not contain the member */
function writtenMember(
  model: ServiceModel,
  ref: ShapeRef,
  name: string,
  value: unknown,
  style: Style,
): unknown {
  if (value === undefined || value === null || style.omitted.has(name)) return undefined;
  if (style.emptied.has(name)) return {};
  if (alwaysHidden.has(name)) return hidden;
  return shapeOf(model, ref).sensitive ? style.sensitive : present(model, ref, value, style);
}

function writtenList(model: ServiceModel, { member }: Shape, value: unknown, style: Style): unknown {
  if (!Array.isArray(value) || !member) return value;
  return value.map((item) => present(model, member, item, style));
}

/** A map keeps the keys that were sent. */
function writtenMap(model: ServiceModel, { value: content }: Shape, value: unknown, style: Style): unknown {
  if (!isObject(value) || !content) return value;
  const entries = Object.entries(value).map(
    ([key, each]) => [key, present(model, content, each, style)] as const,
  );
  return Object.fromEntries(entries);
}

const writers: Record<string, Writer> = {
  structure: writtenStructure,
  list: writtenList,
  map: writtenMap,
};

/** Writes decoded parameters as CloudTrail does. */
export function present(model: ServiceModel, ref: ShapeRef, value: unknown, style: Style): unknown {
  if (value instanceof Date) return style.timeOf(value);
  const shape = shapeOf(model, ref);
  const write = writers[shape.type];
  return write ? write(model, shape, value, style) : value;
}
