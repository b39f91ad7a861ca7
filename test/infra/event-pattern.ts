/**
 * Whether EventBridge hands an event to a rule with this pattern. Knows the matchers that the project's patterns use, and
 * throws on others.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matches(pattern: unknown, event: unknown): boolean {
  return Object.entries(pattern as Record<string, unknown>).every(([field, wanted]) => {
    if (field === "$or") return (wanted as unknown[]).some((one) => matches(one, event));
    const value = isObject(event) ? event[field] : undefined;
    if (isObject(wanted)) return matches(wanted, value);
    return (wanted as unknown[]).some((one) => holds(one, value));
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Of a list in the event, one value has to match. */
function holds(matcher: unknown, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => holds(matcher, one));
  if (!isObject(matcher)) return value === matcher;
  const [[operator = "", operand] = []] = Object.entries(matcher);
  if (operator === "exists") return (value !== undefined) === operand;
  if (typeof value !== "string") return false;
  switch (operator) {
    case "prefix":
      return isObject(operand)
        ? value.toLowerCase().startsWith(String(operand["equals-ignore-case"]).toLowerCase())
        : value.startsWith(operand as string);
    case "equals-ignore-case":
      return value.toLowerCase() === (operand as string).toLowerCase();
    case "suffix":
      return value.endsWith(operand as string);
    case "wildcard":
      return new RegExp(
        `^${(operand as string).replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*")}$`,
      ).test(value);
    case "anything-but":
      return isObject(operand) ? !holds(operand, value) : ![operand].flat().includes(value);
    default:
      throw new Error(`expected a known matcher, found ${operator}`);
  }
}
