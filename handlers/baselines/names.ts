/** The name in a secret's name or ARN: `prod/db` of `arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbC123`. */
export function secretNameOf(nameOrArn: string): string {
  if (!nameOrArn.startsWith("arn:")) return nameOrArn;
  // An ARN ends in six characters of Secrets Manager's own.
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

/** How a rule of EventBridge is called in its ARN: `name` on the default bus, `bus/name` on another. @param bus name or ARN */
export function eventRuleId(name: string, bus = "default"): string {
  // A partner's bus has slashes in its name.
  const busName = bus.startsWith("arn:") ? bus.slice(bus.indexOf("event-bus/") + "event-bus/".length) : bus;
  return busName === "default" ? name : `${busName}/${name}`;
}

/** The rule and the bus that {@link eventRuleId} made an id of. */
export function eventRuleOf(id: string): { name: string; bus: string } {
  const slash = id.lastIndexOf("/");
  return slash < 0 ? { name: id, bus: "default" } : { name: id.slice(slash + 1), bus: id.slice(0, slash) };
}
