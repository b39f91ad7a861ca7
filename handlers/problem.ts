/**
 * What went wrong, in one line: AWS's error code, where there is one, and the message. For a denied call AWS's message
 * names the missing action.
 */
export function problemOf(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
  const text = String(message ?? error);
  return (typeof name === "string" && name !== "Error" ? `${name}: ${text}` : text).slice(0, 1_000);
}
