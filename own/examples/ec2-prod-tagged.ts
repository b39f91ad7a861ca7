import {
  alreadyOk,
  callsTo,
  type Examples,
  fieldsOf,
  isAutomation,
  listOf,
  objectsOf,
  parameterOf,
  plainTextOf,
  resourcesOf,
  type Rule,
} from "cloudtrailer/rule";

/** Only the pipeline may mark something as production. */
const production = { Key: "env", Value: "prod" };

export const rule: Rule = {
  id: "ec2-prod-tagged",
  title: "Tagged as production by hand",
  severity: "medium",
  events: ["ec2:CreateTags"],
  match(record, context) {
    if (isAutomation(record, context)) return undefined;
    const tags = objectsOf(parameterOf(record, "tagSet"));
    const index = tags.findIndex(({ key, value }) => key === production.Key && value === production.Value);
    if (index < 0) return undefined;
    const ids = objectsOf(parameterOf(record, "resourcesSet")).map(({ resourceId }) => resourceId);
    return {
      evidence: [{ parameter: `requestParameters.tagSet.items[${index}]`, value: tags[index] }],
      resources: resourcesOf("AWS::EC2::Instance", ...ids),
    };
  },
  remediation: {
    reads: ["ec2:DescribeTags"],
    writes: ["ec2:DeleteTags"],
    async plan({ match, region }, aws) {
      const call = callsTo("ec2", region);
      const ids = match.resources.map(({ id }) => id);
      const { Tags } = await aws(
        call("DescribeTags", {
          Filters: [
            { Name: "resource-id", Values: ids },
            { Name: "key", Values: [production.Key] },
            { Name: "value", Values: [production.Value] },
          ],
        }),
      );
      const Resources = listOf(Tags).map((tag) => plainTextOf(fieldsOf(tag).ResourceId));
      if (Resources.length === 0) return alreadyOk(`${ids.join(", ")} has no such tag anymore`);
      return {
        summary: `Remove the tag ${production.Key}=${production.Value} from ${Resources.join(", ")}`,
        // With its value: a tag that has another one by then stays.
        calls: [call("DeleteTags", { Resources, Tags: [production] })],
        rollback: [call("CreateTags", { Resources, Tags: [production] })],
      };
    },
  },
  runbook: ["Ask the actor what runs there.", "If it is production, deploy it with the pipeline."],
};

const createTags = (key: string, value: string) => ({
  eventSource: "ec2.amazonaws.com",
  eventName: "CreateTags",
  requestParameters: {
    resourcesSet: { items: [{ resourceId: "i-0a1b2c3d4e5f60718" }] },
    tagSet: { items: [{ key, value }] },
  },
});

export const examples: Examples = {
  hits: [
    {
      name: "by hand",
      record: createTags("env", "prod"),
      resources: ["i-0a1b2c3d4e5f60718"],
      live: {
        "ec2:DescribeTags": { Tags: [{ ResourceId: "i-0a1b2c3d4e5f60718", Key: "env", Value: "prod" }] },
      },
      calls: [
        {
          service: "ec2",
          operation: "DeleteTags",
          input: { Resources: ["i-0a1b2c3d4e5f60718"], Tags: [{ Key: "env", Value: "prod" }] },
        },
      ],
    },
    {
      name: "somebody has removed it",
      record: createTags("env", "prod"),
      live: { "ec2:DescribeTags": { Tags: [] } },
      outcome: "already-ok",
    },
  ],
  misses: [
    { name: "another value", record: createTags("env", "dev") },
    {
      name: "by the pipeline",
      record: {
        ...createTags("env", "prod"),
        userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::111122223333:assumed-role/deploy/main" },
      },
      context: { automation: ["arn:aws:sts::*:assumed-role/deploy/*"] },
    },
  ],
};
