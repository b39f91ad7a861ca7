import { fieldsOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { planStop } from "../support/instances";

/**
 * Stops the instance, which may run the new user data at its next start. The user data stays as it is, because the record
 * does not contain the previous one.
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
