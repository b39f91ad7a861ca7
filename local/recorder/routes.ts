import type { RequestHead } from "./request";
import { decodePart } from "./request";
import type { Operation, ServiceModel } from "./service-models";
import { shapeOf } from "./service-models";

interface Route {
  operation: Operation;
  method: string;
  path: RegExp;
  labels: string[];
  /** Query parameters that the URI names: `publicAccessBlock`, `list-type=2`. */
  literals: [string, string | undefined][];
  /** Query parameters that the input requires: they distinguish GetBucketAnalyticsConfiguration from its List. */
  required: string[];
  /** Headers that the input requires: they distinguish CopyObject from PutObject. */
  headers: string[];
  /** The more of a URI is literal, the better it matches. */
  weight: number;
}

/** The operation of a REST request, with the parameters in its path. */
export interface Routed {
  operation: Operation;
  labels: Record<string, string>;
  /** The higher, the more of the request the operation's URI matches. */
  weight: number;
}

function routeOf(model: ServiceModel, operation: Operation): Route {
  const [path = "/", query = ""] = operation.http.requestUri.split("?");
  const labels: string[] = [];
  const pattern = path
    .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{(\w+)(\\\+)?\}/g, (_, label: string, greedy: string | undefined) => {
      labels.push(label);
      return greedy ? "(.+)" : "([^/]+)";
    });
  const literals = query
    .split("&")
    .filter((each) => each !== "")
    .map((each): [string, string | undefined] => {
      const [name = "", value] = each.split("=");
      return [name, value];
    });
  const input = operation.input && shapeOf(model, operation.input);
  const requiredIn = (location: string) =>
    (input?.required ?? []).flatMap((name) => {
      const member = input?.members?.[name];
      return member?.location === location ? [member.locationName ?? name] : [];
    });
  const required = requiredIn("querystring");
  const headers = requiredIn("header").map((name) => name.toLowerCase());
  return {
    operation,
    method: operation.http.method,
    path: new RegExp(`^${pattern.length > 1 ? pattern.replace(/\/$/, "") : pattern}/?$`),
    labels,
    literals,
    required,
    headers,
    weight:
      path.replace(/\{[^}]*\}/g, "").length + 100 * (literals.length + required.length + headers.length),
  };
}

const routesOfModels = new WeakMap<ServiceModel, Route[]>();

function routesOf(model: ServiceModel): Route[] {
  const known = routesOfModels.get(model);
  if (known) return known;
  const routes = Object.values(model.operations).map((operation) => routeOf(model, operation));
  routes.sort((a, b) => b.weight - a.weight);
  routesOfModels.set(model, routes);
  return routes;
}

/** Finds the operation of a REST service by method, path, query and headers. */
export function route(
  model: ServiceModel,
  head: Pick<RequestHead, "method" | "path" | "query" | "headers">,
): Routed | undefined {
  for (const each of routesOf(model)) {
    if (each.method !== head.method) continue;
    if (!each.literals.every(([name, value]) => has(head.query, name, value))) continue;
    if (!each.required.every((name) => head.query.has(name))) continue;
    if (!each.headers.every((name) => head.headers[name] !== undefined)) continue;
    const match = each.path.exec(head.path);
    if (!match) continue;
    const labels = each.labels.map((label, i): [string, string] => [label, decodePart(match[i + 1] ?? "")]);
    return { operation: each.operation, labels: Object.fromEntries(labels), weight: each.weight };
  }
  return undefined;
}

function has(query: URLSearchParams, name: string, value: string | undefined): boolean {
  return value === undefined ? query.has(name) : query.get(name) === value;
}
