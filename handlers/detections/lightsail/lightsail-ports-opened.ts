import type { Detection, Evidence } from "../detection";
import { objectsOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { isTheWorld, sensitiveTraffic } from "../readers/network";
import { uninspected } from "../readers/uninspected";

export const lightsailPortsOpened: Detection = {
  id: "lightsail-ports-opened",
  title: "Lightsail ports opened to the world",
  severity: "high",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "extended",
  noise: "rare",
  events: ["lightsail:OpenInstancePublicPorts", "lightsail:PutInstancePublicPorts"],
  remediation: "inverse",
  match(record) {
    const ports = [
      ...objectsOf(parameterOf(record, "portInfo")),
      ...objectsOf(parameterOf(record, "portInfos")),
    ];
    const evidence = ports.flatMap((port): Evidence[] => {
      const networks = [...textsOf(port.cidrs), ...textsOf(port.ipv6Cidrs)];
      const open = sensitiveTraffic(port);
      // Without networks it is open to all of them.
      if (open.length === 0 || (networks.length > 0 && !isTheWorld(networks))) return [];
      return [
        {
          parameter: "requestParameters.portInfo",
          value: port,
          why: `opens ${open.join(", ")} to the world`,
        },
      ];
    });
    if (evidence.length === 0) return uninspected(record);
    return { evidence, resources: named(record, "AWS::Lightsail::Instance", "instanceName") };
  },
  runbook: [
    "Close the port (CloseInstancePublicPorts) unless the whole internet must reach it.",
    "Read the instance's login log from that time on.",
    "Allow only the networks that need it (cidrs).",
  ],
  falsePositives: ["An instance meant for logins from anywhere."],
  references: [
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_OpenInstancePublicPorts.html",
    "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_PutInstancePublicPorts.html",
  ],
};
