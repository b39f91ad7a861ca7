import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, picked } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";
import { tagsFor } from "../support/ec2-tags";

/**
 * Deletes the mirroring session; its target and filter stay. If recreated, it has another ID.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTrafficMirrorSession.html
 */
export const fixEc2TrafficMirroring: Remediation = {
  id: "ec2-traffic-mirroring",
  reads: ["ec2:DescribeTrafficMirrorSessions"],
  writes: ["ec2:DeleteTrafficMirrorSession"],
  async plan({ match, region }: Finding, aws: CallAws) {
    const id = match.resources.find(({ type }) => type === "AWS::EC2::TrafficMirrorSession")?.id;
    if (id === undefined) return refused("the record does not contain the id of the session");
    const call = callsTo("ec2", region);
    const gone = ["InvalidTrafficMirrorSessionId.NotFound"];
    const answer = await unlessGone(
      aws(call("DescribeTrafficMirrorSessions", { TrafficMirrorSessionIds: [id] })),
      gone,
    );
    const [live] = listOf(answer?.TrafficMirrorSessions).map(fieldsOf);
    if (live === undefined) return alreadyOk(`the mirroring session ${id} is gone`);
    return {
      summary: `Delete the mirroring session ${id} of the network interface ${plainTextOf(live.NetworkInterfaceId)}`,
      calls: [{ ...call("DeleteTrafficMirrorSession", { TrafficMirrorSessionId: id }), doneWhen: gone }],
      rollback: [
        call("CreateTrafficMirrorSession", {
          ...picked(live, [
            "NetworkInterfaceId",
            "TrafficMirrorTargetId",
            "TrafficMirrorFilterId",
            "PacketLength",
            "SessionNumber",
            "VirtualNetworkId",
            "Description",
          ]),
          ...tagsFor("traffic-mirror-session", live.Tags),
        }),
      ],
    };
  },
};
