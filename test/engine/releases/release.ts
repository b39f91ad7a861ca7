import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { version as providerVersion } from "@pulumi/aws/package.json";

/** The stack of a release, as scripts/record-release.ts writes it down. */
export interface Release {
  /** `0.1.0` */
  version: string;
  team: string;
  account: string;
  region: string;
  /** Each after those that it belongs to or depends on. */
  resources: RecordedResource[];
}

/** A resource that the release's program declares. */
export interface RecordedResource {
  urn: string;
  /** `aws:s3/bucket:Bucket` */
  type: string;
  /** Whether a provider has it; else it is a component. */
  custom: boolean;
  /** The URN of the component that it belongs to. */
  parent?: string;
  /** As the provider got them; without the function's code. */
  inputs: Record<string, unknown>;
}

/** A release as if it had been recorded in this account and region. */
export function readRelease(version: string, here: Pick<Release, "account" | "region">): Release {
  const text = readFileSync(join(__dirname, `${version}.json`), "utf8");
  const { account, region } = JSON.parse(text) as Release;
  return JSON.parse(text.replaceAll(account, here.account).replaceAll(region, here.region)) as Release;
}

/** A resource of any type; Pulumi's own class is abstract. */
class Declared extends pulumi.CustomResource {}

/** A program that declares what the release's did, one after the other, with a function that does nothing. */
export function programOf({ resources }: Release): () => Promise<void> {
  return async () => {
    const declared = new Map<string, pulumi.Resource>();
    for (const { urn, type, custom, parent, inputs } of resources) {
      const name = urn.slice(urn.lastIndexOf("::") + 2);
      const options = { parent: parent === undefined ? undefined : declared.get(parent) };
      if (!custom) {
        declared.set(urn, new pulumi.ComponentResource(type, name, {}, options));
        continue;
      }
      const dependsOn = [...declared.values()].filter(pulumi.CustomResource.isInstance);
      const code = new pulumi.asset.AssetArchive({
        "__index.js": new pulumi.asset.StringAsset("exports.handler = async () => {};"),
      });
      const all = type === "aws:lambda/function:Function" ? { ...inputs, code } : inputs;
      declared.set(urn, new Declared(type, name, all, { ...options, dependsOn, version: providerVersion }));
    }
  };
}
