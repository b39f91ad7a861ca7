/** This system's own parts, as the policies of its role name them. */
export const ownParts = {
  place: { partition: "aws", region: "us-west-2", account: "111122223333" },
  bucket: "logs",
  trail: "ours",
  logTopic: "notifications",
  alertTopic: "alerts",
  table: "findings",
  queue: "failures",
  role: "detector-role",
  detector: "detector",
  logGroup: "/aws/lambda/detector",
  schedule: "hourly",
  watch: "watch",
  events: "events",
  findingsBus: "findings-bus",
  selfCheckActions: ["sns:GetTopicAttributes"],
  selfCheckLists: ["logs:DescribeLogGroups"],
};
