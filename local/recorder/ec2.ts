import { type Call, formOf } from "./calls";
import { ec2Form, type FormTree, formTree } from "./decode";
import type { Exchange } from "./request";
import { type ServiceModel, type ServiceModels, type ShapeRef, shapeOf } from "./service-models";
import { styleOf } from "./present";
import { childOf, parseXml, scalarOf, type XmlElement, xmlToJson } from "./xml";

type Json = Record<string, unknown>;

/**
 * CloudTrail writes EC2 actions added after this version of its API undecoded, below `<Action>Request` and
 * `<Action>Response`.
 */
const lastDecodedApi = "2015-03-01";

/** Lists of a request: the name in the form, the name in the event, and that of an item which is not a structure. */
const sets: Record<string, readonly [set: string, item?: string]> = {
  Add: ["add"],
  AllocationId: ["allocationIdsSet", "allocationId"],
  AttributeName: ["accountAttributeNameSet", "attributeName"],
  BlockDeviceMapping: ["blockDeviceMapping"],
  CustomerGatewayId: ["customerGatewaySet", "customerGatewayId"],
  DhcpOptionsId: ["dhcpOptionsSet", "dhcpOptionsId"],
  ExecutableBy: ["executableBySet", "user"],
  Filter: ["filterSet"],
  GroupId: ["securityGroupIdSet", "groupId"],
  GroupName: ["securityGroupSet", "groupName"],
  ImageId: ["imagesSet", "imageId"],
  InstanceId: ["instancesSet", "instanceId"],
  InternetGatewayId: ["internetGatewayIdSet", "internetGatewayId"],
  IpPermissions: ["ipPermissions"],
  KeyName: ["keySet", "keyName"],
  NetworkAclId: ["networkAclIdSet", "networkAclId"],
  NetworkInterface: ["networkInterfaceSet"],
  NetworkInterfaceId: ["networkInterfaceIdSet", "networkInterfaceId"],
  Owner: ["ownersSet", "owner"],
  PublicIp: ["publicIpsSet", "publicIp"],
  RegionName: ["regionSet", "regionName"],
  Remove: ["remove"],
  ResourceId: ["resourcesSet", "resourceId"],
  RestorableBy: ["sharedUsersSet", "user"],
  RouteTableId: ["routeTableIdSet", "routeTableId"],
  SecurityGroup: ["groupSet", "groupName"],
  SecurityGroupId: ["groupSet", "groupId"],
  SnapshotId: ["snapshotSet", "snapshotId"],
  SubnetId: ["subnetSet", "subnetId"],
  Tag: ["tagSet"],
  TagSpecification: ["tagSpecificationSet"],
  Value: ["valueSet", "value"],
  VolumeId: ["volumeSet", "volumeId"],
  VpcId: ["vpcSet", "vpcId"],
  VpcPeeringConnectionId: ["vpcPeeringConnectionIdSet", "vpcPeeringConnectionId"],
  VpnConnectionId: ["vpnConnectionSet", "vpnConnectionId"],
  VpnGatewayId: ["vpnGatewaySet", "vpnGatewayId"],
  ZoneId: ["availabilityZoneIdSet", "zoneId"],
  ZoneName: ["availabilityZoneSet", "zoneName"],
};

/** Lists that appear in the event as `{}` if the request has none. */
const alwaysThere: Record<string, readonly string[]> = {
  AuthorizeSecurityGroupEgressRequest: ["IpPermissions"],
  AuthorizeSecurityGroupIngressRequest: ["IpPermissions"],
  IpPermission: ["UserIdGroupPairs", "IpRanges", "Ipv6Ranges", "PrefixListIds"],
  RevokeSecurityGroupEgressRequest: ["IpPermissions"],
  RevokeSecurityGroupIngressRequest: ["IpPermissions"],
  RunInstancesRequest: ["BlockDeviceMappings"],
};

const redacted = "<sensitiveDataRemoved>";

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Whether CloudTrail decodes the action's parameters. */
export function isDecoded(models: ServiceModels, action: string): boolean {
  return models.operationsIn("ec2", lastDecodedApi).has(action);
}

/** `requestParameters` of an EC2 call. */
export function ec2Parameters(models: ServiceModels, call: Call, exchange: Exchange): Json {
  const { model, operation } = call;
  const tree = formTree(formOf(exchange.head, exchange.requestBody));
  tree.below.delete("Action");
  tree.below.delete("Version");
  if (!isDecoded(models, operation.name)) return { [`${operation.name}Request`]: undecoded(tree) };
  if (!operation.input) return {};
  const parameters = decoded(model, operation.input, tree) as Json;
  if (operation.name.startsWith("Describe")) addMissingSets(model, operation.input, parameters);
  return rearranged[operation.name]?.(parameters) ?? parameters;
}

/** Parameters as written by CloudTrail's XML-to-JSON converter: items of lists have their number as `tag`. */
function undecoded(tree: FormTree): unknown {
  if (tree.below.size === 0) return tree.text === undefined ? "" : scalarOf(tree.text);
  const json: Json = {};
  for (const [name, below] of tree.below) {
    if (/^user_?data$/i.test(name)) json[name] = redacted;
    else json[name] = listItems(below) ?? undecoded(below);
  }
  return json;
}

function listItems(tree: FormTree): unknown {
  const entries = [...tree.below];
  if (entries.length === 0 || !entries.every(([name]) => /^\d+$/.test(name))) return undefined;
  const items = entries.map(([number, item]) => {
    const value = undecoded(item);
    const content = typeof value === "object" ? (value as Json) : { content: value };
    return { ...content, tag: Number(number) };
  });
  return items.length === 1 ? items[0] : items;
}

function decoded(model: ServiceModel, ref: ShapeRef, tree: FormTree): unknown {
  const shape = shapeOf(model, ref);
  if (shape.type === "list" && shape.member) {
    const item = shape.member;
    return ec2Form.itemsOf(tree, shape).map((each) => decoded(model, item, each));
  }
  if (shape.type !== "structure") return typed(shape.type, tree.text ?? "");
  const json: Json = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const below = tree.below.get(ec2Form.nameOf(name, member));
    if (below) Object.assign(json, decodedMember(model, ref, name, member, below));
    else if (alwaysThere[ref.shape]?.includes(name)) json[setOf(name, member)[0]] = {};
  }
  return json;
}

/** A member of a structure, by its name in the event. */
function decodedMember(
  model: ServiceModel,
  structure: ShapeRef,
  name: string,
  ref: ShapeRef,
  tree: FormTree,
): Json {
  const wire = ref.locationName ?? name;
  if (wire === "UserData" || name === "UserData") return { userData: redacted };
  const value = decoded(model, ref, tree);
  if (structure.shape === "TagSpecification" && name === "Tags") return { tags: value };
  if (shapeOf(model, ref).type !== "list") return { [lowerFirst(wire)]: value };
  const [set, item] = setOf(name, ref);
  return { [set]: itemsJson(value as unknown[], item) };
}

function setOf(name: string, ref: ShapeRef): readonly [set: string, item?: string] {
  const wire = ref.locationName ?? name;
  // Members of structures already have the event's own name: `ipRanges`.
  return sets[wire] ?? [lowerFirst(wire) === wire ? wire : `${lowerFirst(wire)}Set`, lowerFirst(wire)];
}

function itemsJson(items: unknown[], item: string | undefined): Json {
  if (items.length === 0) return {};
  return {
    items: items.map((each) => (typeof each === "object" ? each : { [item ?? "value"]: each })),
  };
}

function typed(type: string, text: string): unknown {
  if (type === "boolean" || type === "integer" || type === "long" || type === "double" || type === "float") {
    return scalarOf(text);
  }
  if (type === "timestamp") {
    const time = Date.parse(text);
    return Number.isNaN(time) ? text : styleOf("ec2").timeOf(new Date(time));
  }
  return text;
}

/** Describe calls name their lists whether the request has any or not. */
function addMissingSets(model: ServiceModel, ref: ShapeRef, parameters: Json): void {
  for (const [name, member] of Object.entries(shapeOf(model, ref).members ?? {})) {
    if (shapeOf(model, member).type === "list") parameters[setOf(name, member)[0]] ??= {};
  }
}

/** Actions whose event is arranged differently from their request. */
const rearranged: Record<string, (parameters: Json) => Json> = {
  RunInstances({ imageId, minCount, maxCount, keyName, ...rest }) {
    const instance = { imageId, minCount, maxCount, keyName };
    return { instancesSet: { items: [JSON.parse(JSON.stringify(instance))] }, ...rest };
  },
  ModifySnapshotAttribute: (parameters) => ({
    ...permissionChange(parameters, "createVolumePermission"),
    attributeType: "CREATE_VOLUME_PERMISSION",
  }),
  ModifyImageAttribute: (parameters) => {
    const changed = permissionChange(parameters, "launchPermission");
    return changed.launchPermission === undefined
      ? changed
      : { ...changed, attributeType: "launchPermission" };
  },
};

/** The older form of a permission change (`OperationType`, `UserId.1`) is written like the newer one. */
function permissionChange(parameters: Json, permission: string): Json {
  const { operationType, userIdSet, userGroupSet, attribute, ...rest } = parameters;
  const items = [
    ...itemsNamed(userIdSet, "userId", "userId"),
    ...itemsNamed(userGroupSet, "userGroup", "group"),
  ];
  if (typeof operationType === "string" && items.length > 0) {
    return { ...rest, [permission]: { [operationType]: { items } } };
  }
  if (attribute === undefined || rest[permission] !== undefined) return rest;
  return { ...rest, attribute };
}

function itemsNamed(set: unknown, from: string, to: string): Json[] {
  const items = (set as { items?: Json[] } | undefined)?.items ?? [];
  return items.map((item) => ({ [to]: item[from] }));
}

/** `responseElements` of an EC2 write call. @throws Error if the answer is not XML */
export function ec2Elements(models: ServiceModels, call: Call, body: Buffer): Json {
  const { model, operation } = call;
  const root = parseXml(body.toString("utf8"));
  if (!isDecoded(models, operation.name)) return { [`${operation.name}Response`]: xmlToJson(root) };
  const elements: Json = {};
  const requestId = childOf(root, "requestId")?.text;
  if (requestId !== undefined) elements.requestId = requestId;
  if (operation.output) Object.assign(elements, fromWire(model, operation.output, root));
  const returned = childOf(root, "return")?.text;
  if (returned !== undefined) elements._return = scalarOf(returned);
  return elements;
}

function fromWire(model: ServiceModel, ref: ShapeRef, element: XmlElement): unknown {
  const shape = shapeOf(model, ref);
  if (shape.type === "list" && shape.member) {
    const item = shape.member;
    return itemsJson(
      element.children.map((each) => fromWire(model, item, each)),
      undefined,
    );
  }
  if (shape.type !== "structure") return shape.sensitive ? redacted : typed(shape.type, element.text);
  const json: Json = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const wire = member.locationName ?? name;
    const child = childOf(element, wire);
    if (child && wire !== "return") json[wire] = fromWire(model, member, child);
  }
  return json;
}
