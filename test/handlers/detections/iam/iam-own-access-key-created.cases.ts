import { account, call, type Cases, role, root, user } from "../support/cases";

const create = (userName: string | undefined, made = "alice") =>
  call("iam:CreateAccessKey", userName === undefined ? null : { userName }, {
    responseElements: {
      accessKey: { userName: made, accessKeyId: "AKIAEXAMPLEKEY000002", status: "Active" },
    },
  });

export const cases: Cases = {
  hits: [
    {
      name: "the caller's own",
      record: create("alice"),
      resources: ["alice", "AKIAEXAMPLEKEY000002"],
      evidence: "responseElements.accessKey.accessKeyId",
    },
    { name: "the caller's own, without saying so", record: create(undefined) },
    {
      name: "from another network",
      record: create("alice"),
      context: { ownNetworks: ["198.51.100.0/24"] },
      severity: "high",
      evidence: "sourceIPAddress",
    },
    {
      name: "from the own network",
      record: create("alice"),
      context: { ownNetworks: ["203.0.113.0/24"] },
    },
  ],
  quiet: [
    { name: "another user's", record: create("bob", "bob") },
    { name: "by a role", record: { ...create("alice"), userIdentity: role("admin", "alice") } },
    { name: "root's own", record: { ...create(undefined, "root"), userIdentity: root() } },
    {
      name: "by automation",
      record: { ...create("rotator", "rotator"), userIdentity: user("rotator") },
      context: { automation: [`arn:aws:iam::${account}:user/rotator`] },
    },
  ],
};
