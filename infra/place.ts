import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../policies/document";
import type { Problem } from "./checks";
import { messageOf } from "./config";
import type { Config } from "./config-keys";
import { isSubscriber } from "./subscribers";
import { misplaced } from "./existing-trail";

/**
 * Where the stack is. Some of the configuration can be checked only when that is known: errors fail the preview, all in one
 * message, like that of `readConfig`, or an update without a preview before it continues.
 *
 * @param parent whose provider is asked
 */
export function placeOf(config: Config, parent?: pulumi.Resource): pulumi.Output<Place> {
  const options = parent === undefined ? {} : { parent };
  return pulumi
    .all([aws.getCallerIdentityOutput({}, options), aws.getRegionOutput({}, options)])
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

/** A preview continues, because the Automation API waits forever for resources whose inputs have failed. */
export function refuse(message: string): void {
  if (!pulumi.runtime.isDryRun()) throw new pulumi.RunError(message);
  void pulumi.log.error(message);
}

/** What in the configuration does not fit the place. */
export function problemsIn(place: Place, config: Config): Problem[] {
  return [...misplaced(place, config), ...subscribersElsewhere(place, config)];
}

function subscribersElsewhere(place: Place, { subscribers }: Config): Problem[] {
  return subscribers.flatMap((one, index) => {
    if (!isSubscriber(one)) return [];
    const { protocol, endpoint } = one;
    if (protocol !== "sqs" && protocol !== "lambda") return [];
    const [, partition, , , account] = endpoint.split(":");
    if (partition === place.partition && account === place.account) return [];
    return [
      {
        key: `subscribers[${index}].endpoint`,
        expected:
          `the ARN of ${protocol === "sqs" ? "a queue" : "a function"} in this account, ${place.account}: ` +
          "one in another account would have to confirm the subscription, and the deployment would wait for it " +
          "(subscribe one in this account that forwards to it)",
        // It may be a secret.
        found: "another account",
      },
    ];
  });
}
