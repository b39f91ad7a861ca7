import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../policies/document";
import type { Problem } from "./checks";
import { messageOf } from "./config";
import type { Config } from "./config-keys";

/**
 * Where the stack is. Some of the configuration can be checked only there: what is wrong fails the preview with all its
 * errors in one message, like that of `readConfig`, and an update that was not previewed before it goes on.
 */
export function placeOf(config: Config): pulumi.Output<Place> {
  return pulumi
    .all([aws.getCallerIdentityOutput(), aws.getRegionOutput()])
    .apply(([{ accountId, arn }, { region }]) => {
      const place = { partition: arn.split(":")[1] ?? "aws", region, account: accountId };
      const problems = problemsIn(place, config).map((problem) => ({
        ...problem,
        key: `${pulumi.getProject()}:${problem.key}`,
      }));
      if (problems.length > 0) refuse(messageOf(problems, pulumi.getStack()));
      return place;
    });
}

/** A preview goes on: the Automation API waits for ever for resources whose inputs have failed. */
function refuse(message: string): void {
  if (!pulumi.runtime.isDryRun()) throw new pulumi.RunError(message);
  void pulumi.log.error(message);
}

/** What of the configuration does not fit the place. */
export function problemsIn(place: Place, { subscribers }: Config): Problem[] {
  return subscribers.flatMap(({ protocol, endpoint }, index) => {
    if (protocol !== "sqs" && protocol !== "lambda") return [];
    const [, partition, , , account] = endpoint.split(":");
    if (partition === place.partition && account === place.account) return [];
    return [
      {
        key: `subscribers[${index}].endpoint`,
        expected:
          `the ARN of ${protocol === "sqs" ? "a queue" : "a function"} in this account, ${place.account}: ` +
          "another one would have to confirm the subscription, and the deployment would wait for it " +
          "(subscribe one here that forwards to it)",
        // It may be a secret.
        found: "another account",
      },
    ];
  });
}
