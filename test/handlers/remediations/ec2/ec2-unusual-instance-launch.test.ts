import { expectPlan } from "../../../support/planning";
import { plannedFor } from "../support/attack";
import { instances } from "./support";

describe("ec2-unusual-instance-launch", () => {
  it("stops those of the launched instances that still run", async () => {
    const ids = ["i-00000000000000001", "i-00000000000000002", "i-00000000000000003"];
    const [first = "", second = ""] = ids;
    expectPlan(
      await plannedFor(
        "ec2-unusual-instance-launch",
        "ec2:RunInstances",
        {
          requestParameters: {
            instanceType: "p4d.24xlarge",
            instancesSet: { items: [{ minCount: 3, maxCount: 3 }] },
          },
          responseElements: { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) } },
        },
        { aws: instances({ [first]: "running", [second]: "shutting-down" }) },
      ),
      [["StopInstances", { InstanceIds: [first] }]],
      [["StartInstances", { InstanceIds: [first] }]],
    );
  });
});
