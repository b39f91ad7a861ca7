import {
  alreadyOk,
  callsTo,
  type Examples,
  fieldsOf,
  listOf,
  objectsOf,
  parameterOf,
  resourcesOf,
  type Rule,
} from "cloudtrailer/rule";

/** What production is known by. */
const production = { Key: "env", Value: "prod" };

export const rule: Rule = {
  id: "ec2-prod-untagged",
  title: "Production tag removed",
  severity: "medium",
  events: ["ec2:DeleteTags"],
  match(record) {
    const tags = objectsOf(parameterOf(record, "tagSet"));
    const place = tags.findIndex(({ key, value }) => key === production.Key && value === production.Value);
    if (place < 0) return undefined;
    const ids = objectsOf(parameterOf(record, "resourcesSet")).map(({ resourceId }) => resourceId);
    return {
      evidence: [{ parameter: `requestParameters.tagSet.items[${place}]`, value: tags[place] }],
      resources: resourcesOf("AWS::EC2::Instance", ...ids),
    };
  },
  remediation: {
    reads: ["ec2:DescribeTags"],
    writes: ["ec2:CreateTags"],
    async plan({ match, region }, aws) {
      const call = callsTo("ec2", region);
      const ids = match.resources.map(({ id }) => id);
      const filters = [
        { Name: "resource-id", Values: ids },
        { Name: "key", Values: [production.Key] },
      ];
      const { Tags } = await aws(call("DescribeTags", { Filters: filters }));
      // Whatever value the tag has now, somebody gave it after the call.
      const tagged = listOf(Tags).map((tag) => fieldsOf(tag).ResourceId);
      const Resources = ids.filter((id) => !tagged.includes(id));
      if (Resources.length === 0) return alreadyOk(`${ids.join(", ")}: the tag is there again`);
      return {
        summary: `Tag ${Resources.join(", ")} as production again`,
        calls: [call("CreateTags", { Resources, Tags: [production] })],
        rollback: [call("DeleteTags", { Resources, Tags: [production] })],
      };
    },
  },
  runbook: [
    "Ask the actor what they were going to do with the resource.",
    "Look for what they changed since.",
  ],
};

const deleteTags = (tag: object) => ({
  eventSource: "ec2.amazonaws.com",
  eventName: "DeleteTags",
  requestParameters: {
    resourcesSet: { items: [{ resourceId: "i-0a1b2c3d4e5f60718" }] },
    tagSet: { items: [tag] },
  },
});

export const examples: Examples = {
  hits: [
    {
      name: "env=prod is removed",
      record: deleteTags({ key: "env", value: "prod" }),
      resources: ["i-0a1b2c3d4e5f60718"],
      live: { "ec2:DescribeTags": { Tags: [] } },
      calls: [
        {
          service: "ec2",
          operation: "CreateTags",
          input: { Resources: ["i-0a1b2c3d4e5f60718"], Tags: [{ Key: "env", Value: "prod" }] },
        },
      ],
    },
    {
      name: "somebody has tagged it again",
      record: deleteTags({ key: "env", value: "prod" }),
      live: {
        "ec2:DescribeTags": { Tags: [{ ResourceId: "i-0a1b2c3d4e5f60718", Key: "env", Value: "dev" }] },
      },
      outcome: "already-ok",
    },
  ],
  misses: [
    { name: "another value", record: deleteTags({ key: "env", value: "dev" }) },
    { name: "another tag", record: deleteTags({ key: "Name", value: "prod" }) },
  ],
};
