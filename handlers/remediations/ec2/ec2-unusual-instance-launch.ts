import type { Remediation } from "../remediation";
import { planStop } from "../support/instances";

/**
 * Stops the launched instances; never terminates them. Whatever launched them (Auto Scaling, a pipeline) may launch others
 * in their place.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html
 */
export const fixEc2UnusualInstanceLaunch: Remediation = {
  id: "ec2-unusual-instance-launch",
  reads: ["ec2:DescribeInstances"],
  writes: ["ec2:StopInstances"],
  async plan({ match, region }, aws) {
    const launched = match.resources.filter(({ type }) => type === "AWS::EC2::Instance");
    return planStop(
      launched.map(({ id }) => id),
      region,
      aws,
    );
  },
};
