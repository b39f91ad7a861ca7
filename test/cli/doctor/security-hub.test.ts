import { expect } from "chai";
import { securityHubTakes } from "../../../cli/doctor/security-hub";
import type { Patient } from "../../../cli/doctor/step";
import { type Answers, awsError, fakeAws, someSettings } from "../../support/factories";
import { problemsOfCall } from "../../support/service-model";

describe("doctor on Security Hub", () => {
  const examined = async (answer: Answers[string], securityHub = true) => {
    const { aws, calls } = fakeAws({ "securityhub:DescribeHub": answer });
    const [found] = await securityHubTakes.run({
      settings: someSettings({ securityHub }),
      aws,
    } as unknown as Patient);
    return { found, calls };
  };
  const failing = (code: string) => () => {
    throw awsError(code, "no");
  };

  it("asks only if findings are imported", async () => {
    const { found, calls } = await examined(failing("InvalidAccessException"), false);
    expect(found?.state).to.equal("ok");
    expect(calls).to.deep.equal([]);
  });

  it("finds it enabled", async () => {
    expect(
      (await examined({ HubArn: "arn:aws:securityhub:us-west-2:111122223333:hub/default" })).found,
    ).to.deep.include({
      state: "ok",
    });
  });

  it("says how to enable it", async () => {
    const { found } = await examined(failing("InvalidAccessException"));
    expect(found).to.deep.include({ state: "wrong" });
    const calls = found?.repair?.calls ?? [];
    expect(calls.map(({ operation }) => operation)).to.deep.equal(["EnableSecurityHub"]);
    expect(calls.flatMap((call) => problemsOfCall(call))).to.deep.equal([]);
  });

  it("says that it cannot be seen", async () => {
    expect((await examined(failing("AccessDeniedException"))).found?.state).to.equal("unknown");
  });
});
