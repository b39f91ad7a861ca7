/**
 * The name in a secret's name or ARN: `prod/db` of
 * `arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbC123`.
 */
export function secretNameOf(nameOrArn: string): string {
  if (!nameOrArn.startsWith("arn:")) return nameOrArn;
  // Secrets Manager appends six characters to an ARN.
  return nameOrArn
    .split(":")
    .slice(6)
    .join(":")
    .replace(/-[A-Za-z0-9]{6}$/, "");
}

/** The name in a queue's URL. */
export function queueNameOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

/** The name of an EventBridge rule in its ARN: `name` on the default bus, `bus/name` on another. @param bus name or ARN */
export function eventRuleId(name: string, bus = "default"): string {
  // The name of a partner's bus contains slashes.
  const busName = bus.startsWith("arn:") ? bus.slice(bus.indexOf("event-bus/") + "event-bus/".length) : bus;
  return busName === "default" ? name : `${busName}/${name}`;
}

/** The rule and the bus of an {@link eventRuleId}. */
export function eventRuleOf(id: string): { name: string; bus: string } {
  const slash = id.lastIndexOf("/");
  return slash < 0 ? { name: id, bus: "default" } : { name: id.slice(slash + 1), bus: id.slice(0, slash) };
}
