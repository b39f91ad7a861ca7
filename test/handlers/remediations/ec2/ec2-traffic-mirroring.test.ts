import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("ec2-traffic-mirroring", () => {
  const id = "tms-0123456789abcdef0";
  const session = {
    NetworkInterfaceId: "eni-0123456789abcdef0",
    TrafficMirrorTargetId: "tmt-0123456789abcdef0",
    TrafficMirrorFilterId: "tmf-0123456789abcdef0",
    SessionNumber: 1,
    VirtualNetworkId: 7,
  };
  const attack = (live: unknown) =>
    plannedFor(
      "ec2-traffic-mirroring",
      "ec2:CreateTrafficMirrorSession",
      {
        requestParameters: { CreateTrafficMirrorSessionRequest: session },
        responseElements: {
          CreateTrafficMirrorSessionResponse: { trafficMirrorSession: { trafficMirrorSessionId: id } },
        },
      },
      { aws: { "ec2:DescribeTrafficMirrorSessions": live as never } },
    );

  it("deletes the session, and would create it with all that it had", async () => {
    const Tags = [
      { Key: "Name", Value: "x" },
      { Key: "aws:cloudformation:stack-name", Value: "y" },
    ];
    expectPlan(
      await attack({
        TrafficMirrorSessions: [{ ...session, TrafficMirrorSessionId: id, OwnerId: account, Tags }],
      }),
      [["DeleteTrafficMirrorSession", { TrafficMirrorSessionId: id }]],
      [
        [
          "CreateTrafficMirrorSession",
          {
            ...session,
            TagSpecifications: [
              { ResourceType: "traffic-mirror-session", Tags: [{ Key: "Name", Value: "x" }] },
            ],
          },
        ],
      ],
    );
  });

  it("is already-ok when it is gone", async () => {
    expectOutcome(await attack(failing("InvalidTrafficMirrorSessionId.NotFound")), "already-ok");
  });
});
