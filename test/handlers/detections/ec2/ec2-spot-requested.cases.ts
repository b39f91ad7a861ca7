import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "capacity",
    record: call("ec2:CreateCapacityReservation", {
      CreateCapacityReservationRequest: { InstanceType: "p5.48xlarge", InstanceCount: 2 },
    }),
    severity: "high",
  },
  {
    name: "scheduled instances",
    record: call("ec2:RunScheduledInstances", {
      RunScheduledInstancesRequest: { ScheduledInstanceId: "sci-1" },
    }),
  },
  {
    name: "instances",
    record: call("ec2:RequestSpotInstances", {
      spotPrice: "0.5",
      instanceCount: 2,
      launchSpecification: { instanceType: "m6i.large" },
    }),
    evidence: "requestParameters.spotPrice",
  },
  {
    name: "instances with accelerators",
    record: call("ec2:RequestSpotInstances", {
      instanceCount: 2,
      launchSpecification: { instanceType: "g4dn.xlarge" },
    }),
    severity: "high",
  },
  {
    name: "a spot fleet",
    record: call("ec2:RequestSpotFleet", { spotFleetRequestConfig: { targetCapacity: 10 } }),
    evidence: "requestParameters.spotFleetRequestConfig",
  },
  {
    name: "a fleet",
    record: call("ec2:CreateFleet", {
      CreateFleetRequest: { TargetCapacitySpecification: { TotalTargetCapacity: 10 } },
    }),
    evidence: "requestParameters.CreateFleetRequest.TargetCapacitySpecification",
  },
  {
    name: "a fleet enlarged",
    record: call("ec2:ModifyFleet", {
      ModifyFleetRequest: { FleetId: "fleet-1", TargetCapacitySpecification: { TotalTargetCapacity: 100 } },
    }),
    resources: ["fleet-1"],
  },
  {
    name: "a spot fleet enlarged",
    record: call("ec2:ModifySpotFleetRequest", { spotFleetRequestId: "sfr-1", targetCapacity: 100 }),
    resources: ["sfr-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
