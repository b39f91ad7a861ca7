import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { numberOf, textsOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, given, listOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, needsBaseline, requested } from "../support/outcomes";

/**
 * Closes the port that the event opened. If the event set all ports at once, the previous ones are unknown.
 *
 * Source: https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_CloseInstancePublicPorts.html
 */
export const fixLightsailPortsOpened: Remediation = {
  id: "lightsail-ports-opened",
  reads: ["lightsail:GetInstancePortStates"],
  writes: ["lightsail:CloseInstancePublicPorts"],
  async plan(finding: Finding, aws: CallAws) {
    if (nameOf(finding.record) !== "OpenInstancePublicPorts")
      return needsBaseline("the event set all ports, and those that were open before are unknown");
    const asked = requested(finding, ["instanceName"]);
    if ("outcome" in asked) return asked;
    const { instanceName } = asked.values;
    const port = fieldsOf(fieldsOf(finding.record.requestParameters).portInfo);
    const networks = (value: unknown) => (textsOf(value).length > 0 ? textsOf(value) : undefined);
    const portInfo = given({
      fromPort: numberOf(port.fromPort),
      toPort: numberOf(port.toPort),
      protocol: textOf(port.protocol),
      cidrs: networks(port.cidrs),
      ipv6Cidrs: networks(port.ipv6Cidrs),
    });
    const call = callsTo("lightsail", finding.region);
    const gone = ["NotFoundException"];
    const answer = await unlessGone(aws(call("GetInstancePortStates", { instanceName })), gone);
    const isOpen = listOf(answer?.portStates)
      .map(fieldsOf)
      .some(
        (one) =>
          one.fromPort === portInfo.fromPort &&
          one.toPort === portInfo.toPort &&
          one.protocol === portInfo.protocol &&
          one.state !== "closed",
      );
    const what = `${portInfo.protocol} ${portInfo.fromPort} to ${portInfo.toPort} of the instance ${instanceName}`;
    if (!isOpen) return alreadyOk(`${what} is closed`);
    const set = (operation: string) => call(operation, { instanceName, portInfo });
    return {
      summary: `Close ${what}`,
      calls: [{ ...set("CloseInstancePublicPorts"), doneWhen: gone }],
      rollback: [set("OpenInstancePublicPorts")],
    };
  },
};
