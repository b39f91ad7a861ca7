import { type CallAws, callsTo } from "../aws/call";
import { fieldsOf, listOf, textOf } from "../json";
import { type Baseline, type BaselineName, type BaselineKind, baselineKinds, keptOf } from "./baseline-kinds";
import { iamRegion } from "../remediations/support/detach-policy";

/** A thing that a list names. */
export interface Listed {
  id: string;
  /** Where it is, when the list is of the whole account. */
  region?: string;
  /** How it is, when the list tells that too. */
  state?: Baseline;
}

/** How all things of a kind are found. */
export interface Listing {
  /** IAM actions that it needs, besides those that reading one does. */
  actions: string[];
  /** Whether one list has the account's, or each region has its own. */
  of: "account" | "region";
  /** The things, a page at a time. @param region of the list: the stack's for one of the account */
  list(aws: CallAws, region: string): AsyncGenerator<Listed[]>;
}

/** The pages of a list, each as AWS answers it. @param token its name in the answer and in the next call */
async function* pagesOf(
  aws: CallAws,
  [service, region, operation]: [service: string, region: string, operation: string],
  input: Record<string, unknown>,
  token: [answered: string, asked: string] = ["NextToken", "NextToken"],
): AsyncGenerator<Record<string, unknown>> {
  const call = callsTo(service, region);
  let more: Record<string, unknown> = {};
  for (;;) {
    const page = await aws(call(operation, { ...input, ...more }));
    yield page;
    const next = textOf(page[token[0]]);
    // A token that repeats itself would never end.
    if (next === undefined || next === "" || next === more[token[1]]) return;
    more = { [token[1]]: next };
  }
}

/** Things whose list tells all that is kept of them: each is brought into the form that reading it alone has. */
function told(
  kind: BaselineKind,
  items: unknown,
  idOf: (item: Record<string, unknown>) => unknown,
  answers: (item: Record<string, unknown>) => Baseline,
): Listed[] {
  return listOf(items)
    .map(fieldsOf)
    .flatMap((item) => {
      const id = textOf(idOf(item));
      return id === undefined ? [] : [{ id, state: keptOf(kind, answers(item)) }];
    });
}

function named(items: unknown, member: string): Listed[] {
  return listOf(items)
    .map((item) => textOf(fieldsOf(item)[member]))
    .flatMap((id) => (id === undefined ? [] : [{ id }]));
}

/** The one thing of its kind that an account has, in a region or at all. */
function single(of: Listing["of"], region?: string): Listing {
  return {
    actions: [],
    of,
    async *list() {
      yield [region === undefined ? { id: "account" } : { id: "account", region }];
    },
  };
}

function buckets(): Listing {
  return {
    actions: ["s3:ListAllMyBuckets"],
    of: "account",
    async *list(aws, region) {
      // With a parameter, and only then, S3 says where each bucket is.
      const token: [string, string] = ["ContinuationToken", "ContinuationToken"];
      for await (const page of pagesOf(aws, ["s3", region, "ListBuckets"], { MaxBuckets: 1000 }, token))
        yield named(page.Buckets, "Name").map(({ id }, index) => ({
          id,
          region: textOf(fieldsOf(listOf(page.Buckets)[index]).BucketRegion) ?? region,
        }));
    },
  };
}

/** Users or roles with their permissions boundaries, which no other list of IAM's has. */
function identities(kind: "user" | "role", subject: "User" | "Role"): Listing {
  return {
    actions: ["iam:GetAccountAuthorizationDetails"],
    of: "account",
    async *list(aws) {
      const operation = "GetAccountAuthorizationDetails";
      const input = { Filter: [subject], MaxItems: 200 };
      for await (const page of pagesOf(aws, ["iam", iamRegion, operation], input, ["Marker", "Marker"]))
        yield told(
          baselineKinds[kind],
          page[`${subject}DetailList`],
          (one) => one[`${subject}Name`],
          (one) => ({ [`Get${subject}`]: { [subject]: one } }),
        ).map((listed) => ({ ...listed, region: iamRegion }));
    },
  };
}

/** What a regional web ACL can protect; the API lists one sort at a time. */
const protectable = [
  "APPLICATION_LOAD_BALANCER",
  "API_GATEWAY",
  "APPSYNC",
  "COGNITO_USER_POOL",
  "APP_RUNNER_SERVICE",
  "VERIFIED_ACCESS_INSTANCE",
  "AMPLIFY",
];

/** What the web ACLs of a region protect. Not WAF Classic, which AWS has ended: each call of it would be an error. */
async function* webAclAssociations(aws: CallAws, region: string): AsyncGenerator<Listed[]> {
  const call = callsTo("wafv2", region);
  const token: [string, string] = ["NextMarker", "NextMarker"];
  const input = { Scope: "REGIONAL", Limit: 100 };
  for await (const page of pagesOf(aws, ["wafv2", region, "ListWebACLs"], input, token))
    for (const { id: WebACLArn } of named(page.WebACLs, "ARN"))
      for (const ResourceType of protectable) {
        const { ResourceArns } = await aws(call("ListResourcesForWebACL", { WebACLArn, ResourceType }));
        const state = keptOf(baselineKinds.webAclAssociation, {
          GetWebACLForResource: { WebACL: { ARN: WebACLArn } },
        });
        yield listOf(ResourceArns).flatMap((id) => (typeof id === "string" ? [{ id, state }] : []));
      }
}

/** One page at a time of something of AWS Config's whose list tells all that is kept. */
function ofConfig(
  kind: "configRule" | "configRetention" | "configChannel",
  operation: string,
  member: string,
  idMember: string,
): Listing {
  return {
    actions: [],
    of: "region",
    async *list(aws, region) {
      for await (const page of pagesOf(aws, ["configservice", region, operation], {}))
        yield told(
          baselineKinds[kind],
          page[member],
          (one) => one[idMember],
          (one) => ({ [operation]: { [member]: [one] } }),
        );
    },
  };
}

/** Rules whose remediations are asked for in one call: AWS takes no more. */
const maxRules = 25;

/** How all things of each kind are found: once an hour, and when the stack is deployed. */
export const listings: Record<BaselineName, Listing> = {
  trail: {
    actions: ["cloudtrail:DescribeTrails"],
    of: "region",
    async *list(aws, region) {
      // Each trail once, in its home region.
      const input = { includeShadowTrails: false };
      for await (const page of pagesOf(aws, ["cloudtrail", region, "DescribeTrails"], input))
        yield named(page.trailList, "Name");
    },
  },
  configRecorder: {
    actions: [],
    of: "region",
    async *list(aws, region) {
      const operation = "DescribeConfigurationRecorders";
      for await (const page of pagesOf(aws, ["configservice", region, operation], {}))
        yield named(page.ConfigurationRecorders, "name");
    },
  },
  configChannel: ofConfig("configChannel", "DescribeDeliveryChannels", "DeliveryChannels", "name"),
  configRule: ofConfig("configRule", "DescribeConfigRules", "ConfigRules", "ConfigRuleName"),
  configRemediation: {
    actions: ["config:DescribeConfigRules"],
    of: "region",
    async *list(aws, region) {
      const operation = "DescribeRemediationConfigurations";
      for await (const page of pagesOf(aws, ["configservice", region, "DescribeConfigRules"], {})) {
        const rules = named(page.ConfigRules, "ConfigRuleName").map(({ id }) => id);
        for (let from = 0; from < rules.length; from += maxRules) {
          const input = { ConfigRuleNames: rules.slice(from, from + maxRules) };
          const answer = await aws(callsTo("configservice", region)(operation, input));
          yield told(
            baselineKinds.configRemediation,
            answer.RemediationConfigurations,
            (one) => one.ConfigRuleName,
            (one) => ({ [operation]: { RemediationConfigurations: [one] } }),
          );
        }
      }
    },
  },
  configRetention: ofConfig(
    "configRetention",
    "DescribeRetentionConfigurations",
    "RetentionConfigurations",
    "Name",
  ),
  flowLog: {
    actions: [],
    of: "region",
    async *list(aws, region) {
      const operation = "DescribeFlowLogs";
      for await (const page of pagesOf(aws, ["ec2", region, operation], { MaxResults: 1000 }))
        yield told(
          baselineKinds.flowLog,
          page.FlowLogs,
          (one) => one.FlowLogId,
          (one) => ({ [operation]: { FlowLogs: [one] } }),
        );
    },
  },
  cluster: {
    actions: ["eks:ListClusters"],
    of: "region",
    async *list(aws, region) {
      const token: [string, string] = ["nextToken", "nextToken"];
      for await (const page of pagesOf(aws, ["eks", region, "ListClusters"], {}, token))
        yield listOf(page.clusters).flatMap((id) => (typeof id === "string" ? [{ id }] : []));
    },
  },
  webAclAssociation: {
    actions: [
      "wafv2:ListWebACLs",
      "wafv2:ListResourcesForWebACL",
      // What is protected has to agree: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSWAFReadOnlyAccess.html
      "amplify:ListResourcesForWebACL",
      "apprunner:ListAssociatedServicesForWebAcl",
      "appsync:ListResourcesForWebACL",
      "cognito-idp:ListResourcesForWebACL",
      "ec2:DescribeVerifiedAccessInstanceWebAclAssociations",
      "elasticloadbalancing:DescribeWebACLAssociation",
    ],
    of: "region",
    list: webAclAssociations,
  },
  webAclLogging: {
    actions: ["wafv2:ListLoggingConfigurations"],
    of: "region",
    async *list(aws, region) {
      // Web ACLs of CloudFront are told of here alone.
      const scopes = region === "us-east-1" ? ["REGIONAL", "CLOUDFRONT"] : ["REGIONAL"];
      const token: [string, string] = ["NextMarker", "NextMarker"];
      for (const Scope of scopes) {
        const input = { Scope, Limit: 100 };
        for await (const page of pagesOf(aws, ["wafv2", region, "ListLoggingConfigurations"], input, token))
          yield told(
            baselineKinds.webAclLogging,
            page.LoggingConfigurations,
            (one) => one.ResourceArn,
            (one) => ({ GetLoggingConfiguration: { LoggingConfiguration: one } }),
          );
      }
    },
  },
  bucketLogging: buckets(),
  bucketEncryption: buckets(),
  bucketPolicy: buckets(),
  bucketPublicAccess: buckets(),
  bucketVersioning: buckets(),
  ebsEncryption: single("region"),
  serialConsole: single("region"),
  key: {
    actions: ["kms:ListKeys"],
    of: "region",
    async *list(aws, region) {
      const token: [string, string] = ["NextMarker", "Marker"];
      for await (const page of pagesOf(aws, ["kms", region, "ListKeys"], { Limit: 1000 }, token))
        yield named(page.Keys, "KeyId");
    },
  },
  databaseCluster: {
    actions: [],
    of: "region",
    async *list(aws, region) {
      const operation = "DescribeDBClusters";
      for await (const page of pagesOf(aws, ["rds", region, operation], {}, ["Marker", "Marker"]))
        yield told(
          baselineKinds.databaseCluster,
          page.DBClusters,
          (one) => one.DBClusterArn,
          (one) => ({ [operation]: { DBClusters: [one] } }),
        );
    },
  },
  invocationLogging: single("region"),
  passwordPolicy: single("account", iamRegion),
  user: identities("user", "User"),
  role: identities("role", "Role"),
  managedPolicy: {
    actions: ["iam:ListPolicies"],
    of: "account",
    async *list(aws) {
      const token: [string, string] = ["Marker", "Marker"];
      const input = { Scope: "Local", MaxItems: 1000 };
      for await (const page of pagesOf(aws, ["iam", iamRegion, "ListPolicies"], input, token))
        yield told(
          baselineKinds.managedPolicy,
          page.Policies,
          (one) => one.Arn,
          (one) => ({ GetPolicy: { Policy: one } }),
        ).map((listed) => ({ ...listed, region: iamRegion }));
    },
  },
};
