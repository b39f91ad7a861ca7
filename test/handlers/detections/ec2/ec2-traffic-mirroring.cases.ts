import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a session",
      record: call(
        "ec2:CreateTrafficMirrorSession",
        {
          CreateTrafficMirrorSessionRequest: {
            NetworkInterfaceId: "eni-0a1b2c3d4e5f60718",
            TrafficMirrorTargetId: "tmt-0a1b2c3d",
            TrafficMirrorFilterId: "tmf-0a1b2c3d",
            SessionNumber: 1,
          },
        },
        {
          responseElements: {
            CreateTrafficMirrorSessionResponse: {
              trafficMirrorSession: { trafficMirrorSessionId: "tms-0a1b2c3d" },
            },
          },
        },
      ),
      evidence:
        "responseElements.CreateTrafficMirrorSessionResponse.trafficMirrorSession.trafficMirrorSessionId",
      resources: ["tms-0a1b2c3d", "eni-0a1b2c3d4e5f60718"],
    },
  ],
  quiet: [
    {
      name: "a session deleted",
      record: call("ec2:DeleteTrafficMirrorSession", { DeleteTrafficMirrorSessionRequest: {} }),
    },
  ],
  everyCall: "each session copies somebody's traffic",
};
