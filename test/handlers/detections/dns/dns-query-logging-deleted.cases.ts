import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a configuration deleted",
      record: call(
        "route53resolver:DeleteResolverQueryLogConfig",
        { resolverQueryLogConfigId: "rqlc-0a1b2c3d" },
        {
          responseElements: {
            resolverQueryLogConfig: { name: "dns", destinationArn: "arn:aws:s3:::dns-logs" },
          },
        },
      ),
      resources: ["rqlc-0a1b2c3d"],
      evidence: "responseElements.resolverQueryLogConfig.destinationArn",
    },
    {
      name: "a VPC taken out",
      record: call("route53resolver:DisassociateResolverQueryLogConfig", {
        resolverQueryLogConfigId: "rqlc-0a1b2c3d",
        resourceId: "vpc-0a1b2c3d",
      }),
      resources: ["vpc-0a1b2c3d"],
    },
  ],
  quiet: [
    {
      name: "a VPC taken in",
      record: call("route53resolver:AssociateResolverQueryLogConfig", { resourceId: "vpc-0a1b2c3d" }),
    },
  ],
  everyCall: "each of them ends the logging of DNS queries",
};
