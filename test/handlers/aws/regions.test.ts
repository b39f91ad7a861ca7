import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type GlobalService,
  globalRegionOf,
  iamRegionOf,
  partitionOf,
  stsEndpointOf,
} from "../../../handlers/aws/regions";
import { botocoreData } from "../../../local/emulator";

interface Endpoints {
  partitions: {
    partition: string;
    dnsSuffix: string;
    regions: Record<string, unknown>;
    services: Record<
      string,
      { partitionEndpoint?: string; endpoints: Record<string, { credentialScope?: { region: string } }> }
    >;
  }[];
}

const { partitions } = JSON.parse(readFileSync(join(botocoreData(), "endpoints.json"), "utf8")) as Endpoints;

/** Where a service serves a whole partition, according to AWS. */
function regionsByAws(service: string): Record<string, string | undefined> {
  return Object.fromEntries(
    partitions.map(({ partition, services }) => {
      const { partitionEndpoint, endpoints = {} } = services[service] ?? {};
      const global = partitionEndpoint === undefined ? undefined : endpoints[partitionEndpoint];
      return [partition, global?.credentialScope?.region ?? Object.keys(endpoints)[0]];
    }),
  );
}

describe("partitions and their global services", () => {
  it("are determined by the region, for every region of AWS", () => {
    for (const { partition, regions } of partitions)
      for (const region of Object.keys(regions)) expect(partitionOf(region), region).to.equal(partition);
  });

  it("have STS at a host of the region's partition", () => {
    for (const { dnsSuffix, regions } of partitions)
      for (const region of Object.keys(regions))
        expect(stsEndpointOf(region)).to.equal(`https://sts.${region}.${dnsSuffix}`);
  });

  it("treat a text that is not a region as one in AWS's first partition", () => {
    for (const region of ["", "nowhere", "CN-north-1"]) {
      expect(partitionOf(region)).to.equal("aws");
      expect(iamRegionOf(region)).to.equal("us-east-1");
    }
  });

  for (const service of ["iam", "organizations", "account", "route53", "route53domains"] as const)
    it(`${service} answers where AWS says, or not at all`, () => {
      const byAws = regionsByAws(service);
      for (const { partition, regions } of partitions) {
        // AWS's table does not mention IAM in its newest partitions, which need it.
        if (service === "iam" && byAws[partition] === undefined) continue;
        for (const region of Object.keys(regions))
          expect(globalRegionOf(service, region), region).to.equal(byAws[partition]);
      }
    });

  it("IAM answers in every partition, from one of its own regions", () => {
    for (const { partition, regions } of partitions) {
      const home = iamRegionOf(Object.keys(regions)[0] ?? "");
      expect(partitionOf(home)).to.equal(partition);
      expect(Object.keys(regions)).to.include(home);
    }
  });

  it("has the web ACLs of CloudFront in one region of one partition", () => {
    const service: GlobalService = "cloudfront";
    expect(globalRegionOf(service, "eu-west-1")).to.equal("us-east-1");
    expect(globalRegionOf(service, "us-gov-east-1")).to.equal(undefined);
    expect(globalRegionOf(service, "cn-north-1")).to.equal(undefined);
  });
});
