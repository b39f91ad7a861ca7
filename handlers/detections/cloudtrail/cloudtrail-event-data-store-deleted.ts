import type { Detection } from "../detection";
import { isFalse, parameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const cloudtrailEventDataStoreDeleted: Detection = {
  id: "cloudtrail-event-data-store-deleted",
  title: "Event data store deleted, stopped or left unprotected",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: [
    "cloudtrail:DeleteChannel",
    "cloudtrail:DeleteEventDataStore",
    "cloudtrail:StopEventDataStoreIngestion",
    "cloudtrail:UpdateEventDataStore",
  ],
  remediation: "inverse",
  match(record) {
    const isUpdate = nameOf(record) === "UpdateEventDataStore";
    if (isUpdate && !isFalse(parameterOf(record, "terminationProtectionEnabled"))) return uninspected(record);
    return {
      evidence: shown(record, "eventDataStore", "terminationProtectionEnabled", "channel"),
      resources: [
        ...named(record, "AWS::CloudTrail::EventDataStore", "eventDataStore"),
        ...named(record, "AWS::CloudTrail::Channel", "channel"),
      ],
    };
  },
  runbook: [
    "Restore it (RestoreEventDataStore) within seven days, or start it again (StartEventDataStoreIngestion).",
    "Look at what the same actor did before: people delete records that show something.",
    "Enable its termination protection, and deny these calls with a service control policy.",
  ],
  falsePositives: ["A store that is no longer needed."],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteEventDataStore.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_RestoreEventDataStore.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopEventDataStoreIngestion.html",
  ],
};
