import { call, type Cases } from "../support/cases";

const detach = (name: string) =>
  call("iam:DetachUserPolicy", { userName: "bob", policyArn: `arn:aws:iam::aws:policy/${name}` });
const remove = (policyName: string) => call("iam:DeleteUserPolicy", { userName: "bob", policyName });

export const cases: Cases = {
  hits: [
    { name: "detached", record: detach("AWSCompromisedKeyQuarantineV2"), resources: ["bob"] },
    {
      name: "deleted",
      record: remove("AWSExposedCredentialPolicy_DO_NOT_REMOVE"),
      evidence: "requestParameters.policyName",
    },
  ],
  quiet: [
    { name: "another policy detached", record: detach("ReadOnlyAccess") },
    { name: "another policy deleted", record: remove("p") },
  ],
};
