import { fieldsOf } from "../../../handlers/json";
import type { Form } from "./form";

/** AWS JSON that people keep beside log files, without records. */
const kinds: [what: string, is: (fields: Record<string, unknown>) => boolean][] = [
  [
    "a GuardDuty finding",
    ({ schemaVersion, service }) =>
      schemaVersion !== undefined && fieldsOf(service).serviceName === "guardduty",
  ],
  [
    "a Security Hub finding",
    ({ SchemaVersion, ProductArn }) => SchemaVersion !== undefined && ProductArn !== undefined,
  ],
  ["an AWS Config snapshot", ({ configurationItems }) => Array.isArray(configurationItems)],
  [
    "an AWS Config item",
    ({ configurationItemCaptureTime, resourceType }) =>
      configurationItemCaptureTime !== undefined && resourceType !== undefined,
  ],
  [
    "an OCSF event (Security Lake), which does not contain the record: use the trail's log files",
    ({ class_uid, metadata }) => class_uid !== undefined && metadata !== undefined,
  ],
  ["a DynamoDB stream record", ({ eventSource }) => eventSource === "aws:dynamodb"],
];

export const foreign: Form = {
  name: "GuardDuty and Security Hub findings, AWS Config snapshots",
  open(fields) {
    const kind = kinds.find(([, is]) => is(fields));
    return kind === undefined ? undefined : { unusable: kind[0] };
  },
};
