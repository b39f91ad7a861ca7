import { expect } from "chai";
import { redacted } from "../../../cli/rules/redacted";
import { recordOfExample } from "../../../cli/rules/example-record";

const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

function redactedIn(members: Record<string, unknown>) {
  const record = recordOfExample({ eventSource: "iam.amazonaws.com", eventName: "X", ...members }, "");
  return redacted(record);
}

describe("a record that is saved as an example", () => {
  it("keeps everything that is not a secret", () => {
    const record = recordOfExample(
      {
        eventSource: "ec2.amazonaws.com",
        eventName: "X",
        requestParameters: { groupId: "sg-1", list: [1, null] },
      },
      "",
    );
    const { userIdentity, ...others } = redacted(record);
    const { userIdentity: before, ...kept } = record;
    expect(others).to.deep.equal(kept);
    expect(userIdentity).to.deep.equal({ ...before, accessKeyId: "AKIAEXAMPLE000000000" });
  });

  it("has no secrets by name, at any depth", () => {
    const { requestParameters, responseElements } = redactedIn({
      requestParameters: { masterUserPassword: "hunter2", tags: [{ secretString: "s" }] },
      responseElements: { credentials: { sessionToken: "t", expiration: "later" } },
    });
    expect(requestParameters).to.deep.equal({
      masterUserPassword: "HIDDEN",
      tags: [{ secretString: "HIDDEN" }],
    });
    expect(responseElements).to.deep.equal({ credentials: { sessionToken: "HIDDEN", expiration: "later" } });
  });

  it("has no secret access keys, private keys or key IDs in other texts", () => {
    const { requestParameters } = redactedIn({
      requestParameters: {
        userData: `export X=1; ${secret} is it`,
        pem: "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
        note: "key ASIAIOSFODNN7EXAMPLE of bob",
        hash: "a".repeat(40),
      },
    });
    expect(requestParameters).to.deep.equal({
      userData: "export X=1; HIDDEN is it",
      pem: "HIDDEN",
      note: "key ASIAEXAMPLE000000000 of bob",
      hash: "a".repeat(40),
    });
  });
});
