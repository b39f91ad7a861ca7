import type { IncomingHttpHeaders } from "node:http";
import { type Call, formOf } from "./calls";
import { decodeCbor } from "./cbor";
import { type Exchange, headerOf } from "./request";
import { type Shape, type ShapeRef, type ServiceModel, shapeOf } from "./service-models";
import { childOf, parseXml, type XmlElement } from "./xml";

/**
 * Parameters by the names of the service model, whatever the protocol: structures and maps are objects, timestamps
 * are dates, the rest is as JSON has it.
 */
export type Members = Record<string, unknown>;

function timeOf(value: unknown): unknown {
  const text = String(value);
  const time = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? value : new Date(time);
}

/** A scalar of a protocol that has nothing but text. */
function scalar(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "integer":
    case "long":
    case "float":
    case "double": {
      const number = Number(text);
      return text.trim() === "" || Number.isNaN(number) ? text : number;
    }
    case "timestamp":
      return timeOf(text);
    default:
      return text;
  }
}

/** A form's parameters as a tree: `Tag.1.Key=a` is `{ Tag: { 1: { Key: "a" } } }`. */
interface FormTree {
  text?: string;
  below: Map<string, FormTree>;
}

/** Levels of a form's parameter names that are looked at. */
const deepestForm = 24;

/** The parameters of a form as a tree, in the order in which they were sent. */
export function formTree(form: URLSearchParams): FormTree {
  const top: FormTree = { below: new Map() };
  for (const [name, text] of form) {
    let node = top;
    for (const part of name.split(".", deepestForm)) {
      let next = node.below.get(part);
      if (!next) {
        next = { below: new Map() };
        node.below.set(part, next);
      }
      node = next;
    }
    node.text ??= text;
  }
  return top;
}

export type { FormTree };

function numbered(tree: FormTree): FormTree[] {
  return [...tree.below]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);
}

/** How the two form protocols differ. Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
interface FormRules {
  nameOf(name: string, ref: ShapeRef): string;
  itemsOf(tree: FormTree, shape: Shape): FormTree[];
}

export const queryForm: FormRules = {
  nameOf: (name, ref) => ref.locationName ?? name,
  itemsOf(tree, shape) {
    const wrapper = shape.member?.locationName ?? "member";
    return numbered(tree.below.get(wrapper) ?? tree);
  },
};

export const ec2Form: FormRules = {
  nameOf: (name, ref) => ref.queryName ?? upperFirst(ref.locationName ?? name),
  itemsOf: numbered,
};

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Reads a value of a form by its shape. */
export function fromForm(model: ServiceModel, ref: ShapeRef, tree: FormTree, rules: FormRules): unknown {
  const shape = shapeOf(model, ref);
  if (shape.type === "structure") {
    const members: Members = {};
    for (const [name, member] of Object.entries(shape.members ?? {})) {
      const below = formMember(model, member, tree, rules.nameOf(name, member));
      if (below) members[name] = fromForm(model, member, below, rules);
    }
    return members;
  }
  if (shape.type === "list" && shape.member) {
    const item = shape.member;
    return rules.itemsOf(tree, shape).map((each) => fromForm(model, item, each, rules));
  }
  if (shape.type === "map" && shape.key && shape.value) {
    const { key, value } = shape;
    const entries = numbered(tree.below.get("entry") ?? tree).map((entry): [string, unknown] => {
      const name = entry.below.get(key.locationName ?? "key")?.text ?? "";
      const content = entry.below.get(value.locationName ?? "value");
      return [name, content && fromForm(model, value, content, rules)];
    });
    return Object.fromEntries(entries);
  }
  return scalar(shape, tree.text ?? "");
}

/** A flattened list goes by its item's name: `Attribute.1` for the member `Attributes`. */
function formMember(model: ServiceModel, ref: ShapeRef, tree: FormTree, name: string): FormTree | undefined {
  const shape = shapeOf(model, ref);
  const flat = (shape.flattened ?? ref.flattened) ? shape.member?.locationName : undefined;
  return (flat === undefined ? undefined : tree.below.get(flat)) ?? tree.below.get(name);
}

/** Reads an XML element by its shape. */
export function fromXml(model: ServiceModel, ref: ShapeRef, element: XmlElement): unknown {
  const shape = shapeOf(model, ref);
  if (shape.type === "structure") {
    const members: Members = {};
    for (const [name, member] of Object.entries(shape.members ?? {})) {
      if (member.location !== undefined) continue;
      const value = memberFromXml(model, member, element, member.locationName ?? name);
      if (value !== undefined) members[name] = value;
    }
    return members;
  }
  if (shape.type === "list" && shape.member) {
    const item = shape.member;
    return element.children.map((each) => fromXml(model, item, each));
  }
  if (shape.type === "map") return mapFromXml(model, shape, element.children);
  return scalar(shape, element.text);
}

function memberFromXml(model: ServiceModel, ref: ShapeRef, parent: XmlElement, name: string): unknown {
  const shape = shapeOf(model, ref);
  if (shape.flattened ?? ref.flattened) {
    const itemName = ref.locationName ?? shape.member?.locationName ?? name;
    const items = parent.children.filter((child) => child.name === itemName);
    if (items.length === 0) return undefined;
    if (shape.type === "map") return mapFromXml(model, shape, items);
    return shape.member ? items.map((each) => fromXml(model, shape.member as ShapeRef, each)) : undefined;
  }
  const child = childOf(parent, name);
  return child && fromXml(model, ref, child);
}

function mapFromXml(model: ServiceModel, shape: Shape, entries: XmlElement[]): Members {
  const { key, value } = shape;
  if (!key || !value) return {};
  return Object.fromEntries(
    entries.map((entry): [string, unknown] => {
      const content = childOf(entry, value.locationName ?? "value");
      return [
        childOf(entry, key.locationName ?? "key")?.text ?? "",
        content && fromXml(model, value, content),
      ];
    }),
  );
}

/** Reads parsed JSON (or CBOR) by its shape. Members that the model does not have are left out, as the service does. */
export function fromJson(model: ServiceModel, ref: ShapeRef, value: unknown): unknown {
  if (value === null || value === undefined || value instanceof Date) return value;
  const shape = shapeOf(model, ref);
  if (shape.type === "list" && Array.isArray(value) && shape.member) {
    const item = shape.member;
    return value.map((each) => fromJson(model, item, each));
  }
  if (typeof value === "object" && !Array.isArray(value)) {
    const fields = value as Members;
    if (shape.type === "structure" && shape.members) {
      const members: Members = {};
      for (const [name, member] of Object.entries(shape.members)) {
        const wire = member.locationName ?? name;
        if (Object.hasOwn(fields, wire)) members[name] = fromJson(model, member, fields[wire]);
      }
      return members;
    }
    if (shape.type === "map" && shape.value) {
      const item = shape.value;
      return Object.fromEntries(
        Object.entries(fields).map(([name, each]) => [name, fromJson(model, item, each)]),
      );
    }
  }
  return shape.type === "timestamp" ? timeOf(value) : value;
}

function jsonOf(body: Buffer | undefined): unknown {
  return body && body.length > 0 ? JSON.parse(body.toString("utf8")) : {};
}

/** The parameters of a call. @throws Error when the body is not what the protocol asks for */
export function inputOf(call: Call, exchange: Exchange): Members {
  const { model, operation, protocol } = call;
  const { input } = operation;
  if (!input) return {};
  const body = exchange.requestBody;
  switch (protocol) {
    case "query":
    case "ec2": {
      const rules = protocol === "ec2" ? ec2Form : queryForm;
      return fromForm(model, input, formTree(formOf(exchange.head, body)), rules) as Members;
    }
    case "json":
      return fromJson(model, input, jsonOf(body)) as Members;
    case "smithy-rpc-v2-cbor":
      return fromJson(model, input, body && body.length > 0 ? decodeCbor(body) : {}) as Members;
    default:
      return restMembers(call, input, exchange.head.headers, body, (name, ref) => {
        if (ref.location === "uri") return call.labels[ref.locationName ?? name];
        const values = exchange.head.query.getAll(ref.locationName ?? name);
        return shapeOf(model, ref).type === "list" ? values : values[0];
      });
  }
}

/** The members of a REST message: from path and query, headers, payload and body. */
function restMembers(
  { model, protocol }: Call,
  ref: ShapeRef,
  headers: IncomingHttpHeaders,
  body: Buffer | undefined,
  fromUri: (name: string, ref: ShapeRef) => string | string[] | undefined,
): Members {
  const shape = shapeOf(model, ref);
  const members: Members = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const text =
      member.location === "uri" || member.location === "querystring"
        ? fromUri(name, member)
        : member.location === "header"
          ? headerOf(headers, (member.locationName ?? name).toLowerCase())
          : undefined;
    if (text === undefined || (Array.isArray(text) && text.length === 0)) continue;
    members[name] = Array.isArray(text) ? text : scalar(shapeOf(model, member), text);
  }
  if (!body || body.length === 0) return members;
  const payload = shape.payload === undefined ? undefined : shape.members?.[shape.payload];
  if (payload && shape.payload !== undefined) {
    const structured = shapeOf(model, payload).type === "structure";
    if (structured) members[shape.payload] = bodyOf(model, payload, protocol, body);
    return members;
  }
  const hasBody = Object.values(shape.members ?? {}).some((member) => member.location === undefined);
  return hasBody ? { ...(bodyOf(model, ref, protocol, body) as Members), ...members } : members;
}

function bodyOf(model: ServiceModel, ref: ShapeRef, protocol: Call["protocol"], body: Buffer): unknown {
  return protocol === "rest-xml"
    ? fromXml(model, ref, parseXml(body.toString("utf8")))
    : fromJson(model, ref, jsonOf(body));
}

/** What a call answered. @throws Error when the body is not what the protocol asks for */
export function outputOf(call: Call, exchange: Exchange): Members {
  const { model, operation, protocol } = call;
  const { output } = operation;
  const body = exchange.responseBody;
  if (!output || !body) return {};
  switch (protocol) {
    case "query":
    case "ec2": {
      const root = parseXml(body.toString("utf8"));
      const wrapper = output.resultWrapper;
      const result = wrapper === undefined ? root : childOf(root, wrapper);
      return result ? (fromXml(model, output, result) as Members) : {};
    }
    case "json":
      return fromJson(model, output, jsonOf(body)) as Members;
    case "smithy-rpc-v2-cbor":
      return fromJson(model, output, body.length > 0 ? decodeCbor(body) : {}) as Members;
    default:
      return restMembers(call, output, exchange.responseHeaders, body, () => undefined);
  }
}
