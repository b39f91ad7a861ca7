import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixEksControlPlaneLoggingDisabled } from "../../../../handlers/remediations/eks/eks-control-plane-logging-disabled";
import { expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("eks-control-plane-logging-disabled", () => {
  const record = {
    eventName: "UpdateClusterConfig",
    awsRegion,
    requestParameters: {
      name: "prod",
      logging: { clusterLogging: [{ types: ["api", "audit"], enabled: false }] },
    },
  };
  const cluster = (...enabled: string[]) => ({
    cluster: { logging: { clusterLogging: [{ types: enabled, enabled: true }] } },
  });
  const live = (...enabled: string[]) => ({ "eks:DescribeCluster": cluster(...enabled) });
  const set = (types: string[], enabled: boolean) => [
    "UpdateClusterConfig",
    { name: "prod", logging: { clusterLogging: [{ types, enabled }] } },
  ];

  it("enables what the event disabled and is disabled still", async () => {
    expectPlan(
      await planned(fixEksControlPlaneLoggingDisabled, record, { aws: live("api", "scheduler") }),
      [set(["audit"], true)],
      [set(["audit"], false)],
    );
  });

  it("leaves what the baseline did not have", async () => {
    const baselines = kept(baselineKinds.cluster, awsRegion, "prod", { DescribeCluster: cluster("api") });
    expectPlan(
      await planned(fixEksControlPlaneLoggingDisabled, record, { aws: live(), baselines }),
      [set(["api"], true)],
      [set(["api"], false)],
    );
  });

  it("otherwise says why not", async () => {
    expectOutcome(
      await planned(fixEksControlPlaneLoggingDisabled, record, { aws: live("api", "audit") }),
      "already-ok",
    );
    const gone = { "eks:DescribeCluster": failing("ResourceNotFoundException") };
    expectOutcome(await planned(fixEksControlPlaneLoggingDisabled, record, { aws: gone }), "changed-since");
  });
});
