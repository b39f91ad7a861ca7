import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const configRecorderStopped: Detection = {
  id: "config-recorder-stopped",
  title: "AWS Config recorder stopped",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: ["config:StopConfigurationRecorder"],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.configurationRecorderName"),
      resources: resourcesOf(
        "AWS::Config::ConfigurationRecorder",
        valueAt(record, "requestParameters.configurationRecorderName"),
      ),
    };
  },
  runbook: [
    "Start the recorder again (aws configservice start-configuration-recorder) in the region of the event.",
    "Compare the resources that changed while nothing was recorded: CloudTrail has the calls, Config only the result.",
    "Ask the actor why; Control Tower and Security Hub depend on the recorder, and their controls were blind in the meantime.",
  ],
  falsePositives: [
    "A region that is being given up, or a change of the recording group that stops and starts the recorder.",
  ],
  references: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_StopConfigurationRecorder.html",
    "https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html",
  ],
};
