import { cbor } from "@smithy/core/cbor";
import { type Call, formOf } from "./calls";
import { type Exchange, headerOf } from "./request";
import { type Shape, type ShapeRef, type ServiceModel, shapeOf } from "./service-models";
import { childOf, parseXml, type XmlElement } from "./xml";

/**
 * Parameters by the names of the service model, whatever the protocol: structures and maps are objects, timestamps are dates,
 * everything else is as in JSON.
 */
export type Members = Record<string, unknown>;

function timeOf(value: unknown): unknown {
  const text = String(value);
  const time = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? value : new Date(time);
}

/** A scalar of a protocol that only has text. */
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

/** Maximum depth of a form's parameter names. */
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

/** A flattened list is named after its item: `Attribute.1` for the member `Attributes`. */
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

/** Reads a value of parsed JSON (or CBOR) of one type. */
type JsonReader = (model: ServiceModel, shape: Shape, value: unknown) => unknown;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Members that are not in the model are omitted, as by the service. */
function structureFromJson(model: ServiceModel, shape: Shape, value: unknown): unknown {
  if (!isObject(value)) return value;
  const members: Members = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const wire = member.locationName ?? name;
    if (Object.hasOwn(value, wire)) members[name] = fromJson(model, member, value[wire]);
  }
  return members;
}

function listFromJson(model: ServiceModel, { member }: Shape, value: unknown): unknown {
  if (!Array.isArray(value) || !member) return value;
  return value.map((item) => fromJson(model, member, item));
}

function mapFromJson(model: ServiceModel, { value: content }: Shape, value: unknown): unknown {
  if (!isObject(value) || !content) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, fromJson(model, content, each)] as const);
  return Object.fromEntries(entries);
}

const jsonReaders: Record<string, JsonReader> = {
  structure: structureFromJson,
  list: listFromJson,
  map: mapFromJson,
  timestamp: (_model, _shape, value) => timeOf(value),
};

/** Reads parsed JSON (or CBOR) by its shape. A value of another type than its shape's is left unchanged. */
export function fromJson(model: ServiceModel, ref: ShapeRef, value: unknown): unknown {
  if (value === null || value === undefined || value instanceof Date) return value;
  const shape = shapeOf(model, ref);
  return jsonReaders[shape.type]?.(model, shape, value) ?? value;
}

function jsonOf(body: Buffer | undefined): unknown {
  return body && body.length > 0 ? JSON.parse(body.toString("utf8")) : {};
}

/** What CBOR has and JSON does not: byte strings become base64, timestamps (tag 1) dates, big integers numbers. */
function plainCbor(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plainCbor);
  if (isTagged(value)) return value.tag === 1 ? new Date(Number(value.value) * 1000) : plainCbor(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainCbor(each)]));
}

/** The library marks tagged values with a symbol, which a map with the same keys does not have. */
function isTagged(value: object): value is { tag: number; value: unknown } {
  return "tag" in value && "value" in value && Object.getOwnPropertySymbols(value).length > 0;
}

/** A body of the protocol `smithy-rpc-v2-cbor`, as JSON. @throws Error if it is not CBOR */
export function cborOf(body: Buffer | undefined): unknown {
  return body && body.length > 0 ? plainCbor(cbor.deserialize(body)) : {};
}

/** The parameters of a call. @throws Error if the body is not what the protocol requires */
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
      return fromJson(model, input, cborOf(body)) as Members;
    default: {
      const { headers, query } = exchange.head;
      return restMembers(call, input, body, {
        uri: (name) => call.labels[name],
        querystring: (name, isList) => (isList ? query.getAll(name) : query.getAll(name)[0]),
        header: (name) => headerOf(headers, name.toLowerCase()),
      });
    }
  }
}

/** Where members of a REST message are outside its body, and how to find each there by its name on the wire. */
type RestPlaces = Partial<
  Record<NonNullable<ShapeRef["location"]>, (name: string, isList: boolean) => string | string[] | undefined>
>;

/** The members of a REST message: from path and query, headers, payload and body. */
function restMembers(call: Call, ref: ShapeRef, body: Buffer | undefined, places: RestPlaces): Members {
  const outside = membersOutsideBody(call.model, ref, places);
  if (!body || body.length === 0) return outside;
  const shape = shapeOf(call.model, ref);
  return shape.payload === undefined
    ? { ...membersOfBody(call, ref, body), ...outside }
    : { ...outside, ...payloadOf(call, shape, shape.payload, body) };
}

function membersOutsideBody(model: ServiceModel, ref: ShapeRef, places: RestPlaces): Members {
  const members: Members = {};
  for (const [name, member] of Object.entries(shapeOf(model, ref).members ?? {})) {
    const shape = shapeOf(model, member);
    const find = member.location && places[member.location];
    const found = find?.(member.locationName ?? name, shape.type === "list");
    if (Array.isArray(found) && found.length > 0) members[name] = found;
    else if (typeof found === "string") members[name] = scalar(shape, found);
  }
  return members;
}

/** A payload that is not a structure, such as an object's bytes, is data, which events do not contain. */
function payloadOf(call: Call, shape: Shape, name: string, body: Buffer): Members {
  const payload = shape.members?.[name];
  const structured = payload && shapeOf(call.model, payload).type === "structure";
  return structured ? { [name]: bodyOf(call.model, payload, call.protocol, body) } : {};
}

function membersOfBody(call: Call, ref: ShapeRef, body: Buffer): Members {
  const members = Object.values(shapeOf(call.model, ref).members ?? {});
  const hasBody = members.some((member) => member.location === undefined);
  return hasBody ? (bodyOf(call.model, ref, call.protocol, body) as Members) : {};
}

function bodyOf(model: ServiceModel, ref: ShapeRef, protocol: Call["protocol"], body: Buffer): unknown {
  return protocol === "rest-xml"
    ? fromXml(model, ref, parseXml(body.toString("utf8")))
    : fromJson(model, ref, jsonOf(body));
}

/** The answer of a call. @throws Error if the body is not what the protocol requires */
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
      return fromJson(model, output, cborOf(body)) as Members;
    default:
      return restMembers(call, output, body, {
        header: (name) => headerOf(exchange.responseHeaders, name.toLowerCase()),
      });
  }
}
