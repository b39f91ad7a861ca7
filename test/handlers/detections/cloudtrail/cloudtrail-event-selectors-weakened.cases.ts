import { call, type Cases } from "../support/cases";

const put = (parameters: object) =>
  call("cloudtrail:PutEventSelectors", { trailName: "main", ...parameters });
const basic = (...eventSelectors: object[]) => put({ eventSelectors });
const advanced = (...selectors: Record<string, unknown>[][]) =>
  put({ advancedEventSelectors: selectors.map((fieldSelectors) => ({ name: "s", fieldSelectors })) });
const management = { field: "eventCategory", equals: ["Management"] };
const data = { field: "eventCategory", equals: ["Data"] };

export const cases: Cases = {
  hits: [
    {
      name: "no management events",
      record: basic({ readWriteType: "ReadOnly", includeManagementEvents: false, dataResources: [] }),
      evidence: "requestParameters.eventSelectors[].includeManagementEvents",
      resources: ["main"],
    },
    {
      name: "one of two selectors without management events",
      record: basic(
        { includeManagementEvents: true },
        { readWriteType: "All", includeManagementEvents: false },
      ),
      severity: "medium",
    },
    { name: "reads only", record: basic({ readWriteType: "ReadOnly", includeManagementEvents: true }) },
    {
      name: "writes only",
      record: basic({ readWriteType: "WriteOnly", includeManagementEvents: true }),
      severity: "medium",
    },
    {
      name: "a source left out",
      record: basic({ includeManagementEvents: true, excludeManagementEventSources: ["iam.amazonaws.com"] }),
    },
    {
      name: "data events only",
      record: advanced([data, { field: "resources.type", equals: ["AWS::S3::Object"] }]),
    },
    {
      name: "management reads only",
      record: advanced([management, { field: "readOnly", equals: ["true"] }]),
    },
    {
      name: "management writes only",
      record: advanced([management, { field: "readOnly", equals: ["false"] }]),
      severity: "medium",
    },
    {
      name: "a source left out by an advanced selector",
      record: advanced([management, { field: "eventSource", notEquals: ["sts.amazonaws.com"] }]),
    },
    {
      name: "an event left out by its name",
      record: advanced([management, { field: "eventName", notEquals: ["CreateAccessKey"] }]),
    },
    {
      name: "a caller left out",
      record: advanced([
        management,
        { field: "userIdentity.arn", notStartsWith: ["arn:aws:iam::111122223333:user/mallory"] },
      ]),
    },
    {
      name: "one source only",
      record: advanced([management, { field: "eventSource", equals: ["kms.amazonaws.com"] }]),
    },
    {
      name: "parameters left out",
      record: call("cloudtrail:PutEventSelectors", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "all management events", record: basic({ readWriteType: "All", includeManagementEvents: true }) },
    {
      name: "busy sources left out",
      record: basic({
        includeManagementEvents: true,
        excludeManagementEventSources: ["kms.amazonaws.com", "rdsdata.amazonaws.com"],
      }),
    },
    {
      name: "reads and writes by two selectors",
      record: basic(
        { readWriteType: "ReadOnly", includeManagementEvents: true },
        { readWriteType: "WriteOnly", includeManagementEvents: true },
      ),
    },
    { name: "management and data", record: advanced([management], [data]) },
    {
      name: "busy sources left out by an advanced selector",
      record: advanced([management, { field: "eventSource", notEquals: ["kms.amazonaws.com"] }]),
    },
    {
      name: "operators without values",
      record: advanced([
        management,
        { field: "eventSource", equals: [], notEquals: [], startsWith: [] },
        { field: "eventName", equals: [], notEquals: [] },
      ]),
    },
    { name: "no selectors at all", record: put({ eventSelectors: null, advancedEventSelectors: null }) },
  ],
};
