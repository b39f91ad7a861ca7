import { fieldsOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { planStop } from "../support/instances";

/**
 * Stops the instance, on which the new user data may run at its next start. The user data stay as they are: what they
 * were before is not in the record.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export const fixEc2UserDataModified: Remediation = {
  id: "ec2-user-data-modified",
  reads: ["ec2:DescribeInstances"],
  writes: ["ec2:StopInstances"],
  async plan({ record, region }, aws) {
    const instance = textOf(fieldsOf(record.requestParameters).instanceId);
    return planStop(instance === undefined ? [] : [instance], region, aws);
  },
};
