import { expect } from "chai";
import { isOwnAction } from "../../../handlers/cloudtrail/own-actions";
import { aRecord, account } from "../../support/factories";

describe("isOwnAction", () => {
  const own = { account, roleName: "cloudtrailer-lambda-role-red" };
  const by = (arn: string) =>
    isOwnAction(
      aRecord({
        userIdentity: { type: "AssumedRole", sessionContext: { sessionIssuer: { type: "Role", arn } } },
      }),
      own,
    );

  it("recognizes a session of the detector's role by its issuer", () => {
    expect(by(`arn:aws:iam::${account}:role/cloudtrailer-lambda-role-red`)).to.equal(true);
    expect(by(`arn:aws-cn:iam::${account}:role/cloudtrailer-lambda-role-red`)).to.equal(true);
  });

  it("is not misled by a similar name, another account, a path, or a session name", () => {
    expect(by(`arn:aws:iam::${account}:role/cloudtrailer-lambda-role-red2`)).to.equal(false);
    expect(by("arn:aws:iam::999999999999:role/cloudtrailer-lambda-role-red")).to.equal(false);
    expect(by(`arn:aws:iam::${account}:role/x/cloudtrailer-lambda-role-red`)).to.equal(false);
    expect(by(`arn:aws:iam::${account}:user/cloudtrailer-lambda-role-red`)).to.equal(false);
    const session = `arn:aws:sts::${account}:assumed-role/mallory/cloudtrailer-lambda-role-red`;
    expect(isOwnAction(aRecord({ userIdentity: { type: "AssumedRole", arn: session } }), own)).to.equal(
      false,
    );
    expect(isOwnAction(aRecord({ userIdentity: undefined }), own)).to.equal(false);
  });
});
