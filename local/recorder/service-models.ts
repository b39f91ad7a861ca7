import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";

/** How a service puts parameters on the wire: botocore's names of AWS's protocols. */
export type Protocol = "query" | "ec2" | "json" | "rest-json" | "rest-xml" | "smithy-rpc-v2-cbor";

/** What a service model says about the service itself. */
export interface ServiceMetadata {
  /** Folder of the model below `botocore/data`: `iam`, `cloudwatch`. */
  service: string;
  apiVersion: string;
  protocols: Protocol[];
  /** The service's name in a signature's credential scope: `iam`, `monitoring`. */
  signingName: string;
  /** What precedes the dot in `X-Amz-Target`. */
  targetPrefix?: string;
}

/** A reference to a shape, with the member's place and name on the wire. */
export interface ShapeRef {
  shape: string;
  locationName?: string;
  queryName?: string;
  location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  flattened?: boolean;
  timestampFormat?: TimestampFormat;
  resultWrapper?: string;
}

export type TimestampFormat = "iso8601" | "rfc822" | "unixTimestamp";

/** A type of a service model. */
export interface Shape {
  type: string;
  members?: Record<string, ShapeRef>;
  member?: ShapeRef;
  key?: ShapeRef;
  value?: ShapeRef;
  required?: string[];
  payload?: string;
  flattened?: boolean;
  sensitive?: boolean;
  locationName?: string;
  timestampFormat?: TimestampFormat;
  exception?: boolean;
  error?: { code?: string };
}

export interface Operation {
  name: string;
  http: { method: string; requestUri: string };
  input?: ShapeRef;
  output?: ShapeRef;
}

export interface ServiceModel {
  metadata: ServiceMetadata;
  operations: Record<string, Operation>;
  shapes: Record<string, Shape>;
}

/** botocore's service models, each read on first use. */
export interface ServiceModels {
  /** The services that sign with this name, the one with that name first; some share one (`s3` and `s3control`). */
  signedAs(signingName: string): ServiceMetadata[];
  load(service: string): ServiceModel;
  /** Operations of an older version of a service. */
  operationsIn(service: string, apiVersion: string): Set<string>;
}

const modelFile = "service-2.json.gz";

/** Enough of a compressed model to contain its metadata, which comes first. */
const headBytes = 4096;

interface RawMetadata {
  apiVersion: string;
  endpointPrefix: string;
  protocol: Protocol;
  protocols?: Protocol[];
  signingName?: string;
  targetPrefix?: string;
}

function versionsOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((version) => statSync(join(folder, version, modelFile), { throwIfNoEntry: false }))
    .sort();
}

/** Reads only a model's first bytes: decompressing all 400 would take seconds. */
function readMetadata(service: string, file: string): ServiceMetadata {
  const packed = Buffer.alloc(headBytes);
  const handle = openSync(file, "r");
  const length = readSync(handle, packed, 0, headBytes, 0);
  closeSync(handle);
  const text = gunzipSync(packed.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  const start = text.indexOf("{", text.indexOf('"metadata"'));
  const end = text.indexOf('"operations"', start);
  const last = text.lastIndexOf("}", end);
  if (start < 0 || end < 0 || last < start) {
    throw new Error(`${file} does not begin with "metadata" and "operations", as botocore's models do.`);
  }
  const raw = JSON.parse(text.slice(start, last + 1)) as RawMetadata;
  const metadata: ServiceMetadata = {
    service,
    apiVersion: raw.apiVersion,
    protocols: raw.protocols ?? [raw.protocol],
    signingName: raw.signingName ?? raw.endpointPrefix,
  };
  if (raw.targetPrefix !== undefined) metadata.targetPrefix = raw.targetPrefix;
  return metadata;
}

function indexOf(folder: string): Map<string, ServiceMetadata[]> {
  const index = new Map<string, ServiceMetadata[]>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const newest = versionsOf(join(folder, entry.name)).at(-1);
    if (newest === undefined) continue;
    const metadata = readMetadata(entry.name, join(folder, entry.name, newest, modelFile));
    const sameName = index.get(metadata.signingName);
    // The service of that name comes first: `rds` before `docdb` and `neptune`, which share its API.
    if (sameName && metadata.service === metadata.signingName) sameName.unshift(metadata);
    else if (sameName) sameName.push(metadata);
    else index.set(metadata.signingName, [metadata]);
  }
  return index;
}

function readModel(folder: string, service: string, version: string): Omit<ServiceModel, "metadata"> {
  return JSON.parse(gunzipSync(readFileSync(join(folder, service, version, modelFile))).toString());
}

/**
 * Opens botocore's service models.
 *
 * @param folder path of `botocore/data`
 * @throws Error if the folder contains no models
 */
export function openServiceModels(folder: string): ServiceModels {
  const index = indexOf(folder);
  if (index.size === 0) {
    throw new Error(`No service models in ${folder}: expected botocore's <service>/<date>/${modelFile}.`);
  }
  const models = new Map<string, ServiceModel>();
  const older = new Map<string, Set<string>>();
  return {
    signedAs: (signingName) => index.get(signingName) ?? [],
    load(service) {
      const loaded = models.get(service);
      if (loaded) return loaded;
      const metadata = [...index.values()].flat().find((each) => each.service === service);
      const version = metadata && versionsOf(join(folder, service)).at(-1);
      if (!version) throw new Error(`${folder} has no model of a service ${JSON.stringify(service)}.`);
      const { operations, shapes } = readModel(folder, service, version);
      const model = { metadata, operations, shapes };
      models.set(service, model);
      return model;
    },
    operationsIn(service, apiVersion) {
      const key = `${service}/${apiVersion}`;
      const known = older.get(key);
      if (known) return known;
      const names = new Set(Object.keys(readModel(folder, service, apiVersion).operations));
      older.set(key, names);
      return names;
    },
  };
}

/** The shape that a reference names. */
export function shapeOf(model: ServiceModel, ref: ShapeRef): Shape {
  return model.shapes[ref.shape] ?? { type: "string" };
}
