import type { CloudTrailRecord } from "../cloudtrail/record";
import { textParameterOf } from "../cloudtrail/parameters";
import type { BaselineKind } from "./baseline";
import { described, identities } from "./listing";

/**
 * The inline policies of users, roles or groups. Id: `bob/all`, the name of the principal and of the policy. A deletion is
 * recorded, too: no list shows it any more, and a policy can be put again under the same name.
 */
export function inlinePolicies(subject: "Group" | "Role" | "User"): BaselineKind {
  const read = `Get${subject}Policy`;
  const named = `${subject}Name`;
  const parameter = `${subject.toLowerCase()}Name`;
  const ids = (record: CloudTrailRecord) => {
    const name = textParameterOf(record, parameter);
    const policy = textParameterOf(record, "policyName");
    return [name === undefined || policy === undefined ? undefined : `${name}/${policy}`];
  };
  return {
    type: `AWS::IAM::${subject}Policy`,
    service: "iam",
    actions: [`iam:${read}`],
    read: {
      [read]: (id) => {
        const [name, PolicyName] = id.split("/");
        return { [named]: name, PolicyName };
      },
    },
    absent: ["NoSuchEntity", "NoSuchEntityException"],
    keep: { [read]: { PolicyDocument: "all" } },
    list: identities(subject, (identity) =>
      described(
        identity[`${subject}PolicyList`],
        ({ PolicyName }) => `${String(identity[named])}/${String(PolicyName)}`,
        ({ PolicyDocument }) => ({ [read]: { PolicyDocument } }),
      ),
    ),
    setBy: { [`iam:Delete${subject}Policy`]: ids, [`iam:Put${subject}Policy`]: ids },
  };
}
