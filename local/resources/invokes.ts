import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Aws } from "./aws";
import type { Values } from "./property";

/** The answer of a function of the AWS provider. */
type Invoke = (args: Values, aws: Aws) => Promise<Values>;

/** Functions of the AWS provider that a program may call, by Pulumi's token. */
const invokes: Record<string, Invoke> = {
  "aws:index/getCallerIdentity:getCallerIdentity": async (_args, aws) => {
    const { Account, Arn, UserId } = await aws.sts.send(new GetCallerIdentityCommand({}));
    return { id: Account, accountId: Account, arn: Arn, userId: UserId };
  },
  "aws:index/getPartition:getPartition": async (_args, { partition }) => ({
    id: partition,
    partition,
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegions:getRegions": async ({ allRegions }, aws) => {
    const { Regions = [] } = await aws.ec2.send(
      new DescribeRegionsCommand({ AllRegions: allRegions === true }),
    );
    return { id: aws.partition, names: Regions.map(({ RegionName }) => String(RegionName)).sort() };
  },
  // This machine has no AWS Organizations: the stack's account is the management account.
  "aws:organizations/getOrganization:getOrganization": async (_args, { account }) => ({
    masterAccountId: account,
    accounts: [],
  }),
  "aws:index/getRegion:getRegion": async (_args, { region }) => ({
    id: region,
    region,
    name: region,
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
  }),
};

/** @throws Error if the function is not supported on this machine */
export async function invoke(token: string, args: Values, aws: Aws): Promise<Values> {
  const found = Object.hasOwn(invokes, token) ? invokes[token] : undefined;
  if (found) return found(args, aws);
  throw new Error(
    `Function ${token} is not supported on this machine; supported: ${Object.keys(invokes).join(", ")}. ` +
      `Add it to local/resources/invokes.ts.`,
  );
}
