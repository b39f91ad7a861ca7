import { type CredentialScope, headerOf, type RequestHead } from "./request";
import { route } from "./routes";
import type { Operation, Protocol, ServiceMetadata, ServiceModel, ServiceModels } from "./service-models";

/** An API call: its service and operation, and its parameters on the wire. */
export interface Call {
  model: ServiceModel;
  operation: Operation;
  protocol: Protocol;
  /** Parameters of a REST call's path. */
  labels: Record<string, string>;
}

/** The bucket of a virtual-hosted-style request: `<bucket>.s3.<region>.…`, `<bucket>.localhost:<port>`. */
export function bucketOfHost(host: string | undefined): string | undefined {
  const name = (host ?? "").replace(/:\d+$/, "").toLowerCase();
  return /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.(?:s3[.-].+|localhost)$/.exec(name)?.[1];
}

/** The path as in path-style requests: `/<bucket>/…`. */
function pathOf(signingName: string, head: RequestHead): string {
  const bucket = signingName === "s3" ? bucketOfHost(headerOf(head.headers, "host")) : undefined;
  return bucket === undefined || bucket === "s3" ? head.path : `/${bucket}${head.path}`;
}

function named(
  models: ServiceModels,
  services: ServiceMetadata[],
  protocol: Protocol,
  name: string,
): Call | undefined {
  for (const { service } of services) {
    const model = models.load(service);
    const operation = Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
    if (operation) return { model, operation, protocol, labels: {} };
  }
  return undefined;
}

function speaking(services: ServiceMetadata[], ...protocols: Protocol[]): ServiceMetadata[] {
  return services.filter((service) => service.protocols.some((each) => protocols.includes(each)));
}

/** SDKs differ in how much of the prefix they send: JavaScript's sends only `CloudTrail_20131101`. */
function targeted(services: ServiceMetadata[], prefix: string): ServiceMetadata[] {
  const last = (text: string | undefined) => text?.slice(text.lastIndexOf(".") + 1);
  const known = services.filter((service) => last(service.targetPrefix) === last(prefix));
  return known.length > 0 ? known : services;
}

/**
 * Finds the API call of a request. Most name it in their head; calls of the query protocols name it in a form in the body.
 *
 * @returns `"in-body"` if the form is needed and was not given, undefined if no service model has such a call
 */
export function callOf(
  models: ServiceModels,
  head: RequestHead,
  scope: CredentialScope,
  body?: Buffer,
): Call | "in-body" | undefined {
  const services = models.signedAs(scope.signingName);
  const target = headerOf(head.headers, "x-amz-target");
  if (target !== undefined) {
    const dot = target.lastIndexOf(".");
    return named(models, targeted(services, target.slice(0, dot)), "json", target.slice(dot + 1));
  }
  const rpc = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(head.path)?.[1];
  if (rpc !== undefined && headerOf(head.headers, "smithy-protocol") === "rpc-v2-cbor") {
    return named(models, speaking(services, "smithy-rpc-v2-cbor"), "smithy-rpc-v2-cbor", rpc);
  }
  const routed = routedCall(models, speaking(services, "rest-json", "rest-xml"), head, scope);
  if (routed) return routed;
  return isForm(head) ? formCallOf(models, services, head, body) : undefined;
}

/** The call with the most specific URI: S3 accepts any path, including those of the services beside it. */
function routedCall(
  models: ServiceModels,
  services: ServiceMetadata[],
  head: RequestHead,
  scope: CredentialScope,
): Call | undefined {
  const pathStyle = { ...head, path: pathOf(scope.signingName, head) };
  const found = services.flatMap(({ service, protocols }) => {
    const model = models.load(service);
    const routed = route(model, pathStyle);
    const protocol: Protocol = protocols.includes("rest-xml") ? "rest-xml" : "rest-json";
    return routed ? [{ model, protocol, ...routed }] : [];
  });
  const [best] = found.sort((a, b) => b.weight - a.weight);
  return (
    best && { model: best.model, operation: best.operation, protocol: best.protocol, labels: best.labels }
  );
}

function isForm(head: RequestHead): boolean {
  const type = headerOf(head.headers, "content-type") ?? "";
  return head.query.has("Action") || type.startsWith("application/x-www-form-urlencoded");
}

function formCallOf(
  models: ServiceModels,
  services: ServiceMetadata[],
  head: RequestHead,
  body: Buffer | undefined,
): Call | "in-body" | undefined {
  if (head.method === "POST" && body === undefined) return "in-body";
  const form = formOf(head, body);
  const version = form.get("Version");
  const sameVersion = services.filter((service) => service.apiVersion === version);
  const candidates = sameVersion.length > 0 ? sameVersion : services;
  const protocol = speaking(candidates, "ec2").length > 0 ? "ec2" : "query";
  return named(models, candidates, protocol, form.get("Action") ?? "");
}

/** The parameters of a call of the query protocols. The body takes precedence over the URL. */
export function formOf(head: RequestHead, body: Buffer | undefined): URLSearchParams {
  if (head.method !== "POST") return head.query;
  const form = new URLSearchParams(body?.toString("utf8") ?? "");
  for (const name of new Set(head.query.keys())) {
    if (form.has(name)) continue;
    for (const value of head.query.getAll(name)) form.append(name, value);
  }
  return form;
}
