import type { Settings } from "../settings";
import type { CallAws } from "./call";

/** Creates what invokes this function, without waiting for it. @throws AWS's error if it may not, or Lambda refuses it */
export function createInvokeSelf(
  aws: CallAws,
  { region, context }: Pick<Settings, "region" | "context">,
): (event: object) => Promise<void> {
  const FunctionName = context.ownResources.find((name) => name.split(":")[2] === "lambda");
  return async (event) => {
    if (FunctionName === undefined)
      throw new Error("expected the function's ARN in ownResources of its settings, found none");
    const input = { FunctionName, InvocationType: "Event", Payload: JSON.stringify(event) };
    await aws({ service: "lambda", operation: "Invoke", region, input });
  };
}
