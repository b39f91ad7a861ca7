import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("lightsail-ports-opened", () => {
  const portInfo = { fromPort: 22, toPort: 22, protocol: "tcp" };
  const attack = (live: unknown) =>
    plannedFor(
      "lightsail-ports-opened",
      "lightsail:OpenInstancePublicPorts",
      { requestParameters: { instanceName: "web", portInfo: { ...portInfo, cidrs: [] } } },
      { aws: { "lightsail:GetInstancePortStates": live as never } },
    );
  const set = (operation: string) => [operation, { instanceName: "web", portInfo }];

  it("closes the port", async () => {
    expectPlan(
      await attack({ portStates: [{ ...portInfo, state: "open" }] }),
      [set("CloseInstancePublicPorts")],
      [set("OpenInstancePublicPorts")],
    );
  });

  it("leaves one that is closed, and a whole list, which is not known as it was", async () => {
    expectOutcome(await attack({ portStates: [] }), "already-ok");
    expectOutcome(await attack(failing("NotFoundException")), "already-ok");
    const all = { requestParameters: { instanceName: "web", portInfos: [portInfo] } };
    expectOutcome(
      await plannedFor("lightsail-ports-opened", "lightsail:PutInstancePublicPorts", all),
      "needs-baseline",
    );
  });
});
