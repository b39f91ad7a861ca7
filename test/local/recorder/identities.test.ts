import { expect } from "chai";
import { roleSession } from "../../../local/recorder/identities";
import { account } from "./support";

describe("sessions", () => {
  it("have their role as issuer", () => {
    const roleArn = `arn:aws:iam::${account}:role/path/deploy`;
    const session = { accessKeyId: "ASIA1", roleArn, roleId: "AROA1", sessionName: "s" };
    expect(roleSession(session, new Date("2026-01-02T03:04:05Z"))).to.deep.equal({
      type: "AssumedRole",
      principalId: "AROA1:s",
      arn: `arn:aws:sts::${account}:assumed-role/deploy/s`,
      accountId: account,
      accessKeyId: "ASIA1",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROA1",
          arn: roleArn,
          accountId: account,
          userName: "deploy",
        },
        attributes: { creationDate: "2026-01-02T03:04:05Z", mfaAuthenticated: "false" },
      },
    });
  });
});
