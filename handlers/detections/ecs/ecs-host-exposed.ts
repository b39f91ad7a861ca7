import { fieldOf, isTrue, objectsOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { textOf } from "../../json";
import type { Detection, Evidence } from "../detection";
import { isByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const ecsHostExposed: Detection = {
  id: "ecs-host-exposed",
  title: "Task definition with access to its host",
  severity: "medium",
  attack: { technique: "T1611" },
  tier: "extended",
  noise: "changes",
  events: ["ecs:RegisterTaskDefinition"],
  remediation: "alert",
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    const evidence = [...hostModes(record), ...hostPaths(record), ...privileged(record)];
    if (evidence.length === 0) return uninspected(record);
    return { evidence, resources: named(record, "AWS::ECS::TaskDefinition", "family") };
  },
  runbook: [
    "Read the task definition: which image runs, and what of the host's does it need?",
    "Deregister it if nobody can explain it: such a container can take over its instance and the roles of all tasks there.",
    "List the tasks that ran from it, and replace the instances they ran on.",
  ],
  falsePositives: [
    "Agents for logs, metrics and security, which read the host's files: name the pipeline that registers them in `automation`.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
  ],
};

/** Capabilities that are as good as `privileged`. */
const strong = ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE"];

function hostModes(record: CloudTrailRecord): Evidence[] {
  return ["pidMode", "ipcMode"]
    .filter((name) => parameterOf(record, name) === "host")
    .map((name) => ({
      parameter: `requestParameters.${name}`,
      value: "host",
      why: "shares the host's processes",
    }));
}

function hostPaths(record: CloudTrailRecord): Evidence[] {
  return objectsOf(parameterOf(record, "volumes")).flatMap((volume, index) => {
    const path = textOf(fieldOf(fieldOf(volume, "host"), "sourcePath"));
    if (path === undefined || !isSystemPath(path)) return [];
    const parameter = `requestParameters.volumes[${index}].host.sourcePath`;
    return [{ parameter, value: path, why: "is a path of the host" }];
  });
}

/** Whether a path of the host holds its system, its secrets or its container engine. */
function isSystemPath(path: string): boolean {
  return (
    path === "/" ||
    /^\/(?:boot|dev|etc|home|proc|root|run|sys|usr|var\/run|var\/lib\/(?:docker|ecs|containerd))(?:\/|$)/.test(
      path,
    )
  );
}

function privileged(record: CloudTrailRecord): Evidence[] {
  return objectsOf(parameterOf(record, "containerDefinitions")).flatMap((container, index): Evidence[] => {
    const parameter = `requestParameters.containerDefinitions[${index}]`;
    if (isTrue(fieldOf(container, "privileged")))
      return [{ parameter: `${parameter}.privileged`, value: true }];
    const added = textsOf(fieldOf(fieldOf(fieldOf(container, "linuxParameters"), "capabilities"), "add"));
    const found = added.filter((one) => strong.includes(one));
    if (found.length === 0) return [];
    return [{ parameter: `${parameter}.linuxParameters.capabilities.add`, value: found }];
  });
}
