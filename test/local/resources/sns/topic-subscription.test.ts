import { expect } from "chai";
import type { Aws } from "../../../../local/resources/aws";
import { resourceTypeOf } from "../../../../local/resources/index";
import { createResource } from "../../../../local/resources/resource-type";

const type = resourceTypeOf("aws:sns/topicSubscription:TopicSubscription");
const topic = "arn:aws:sns:us-west-2:111122223333:alerts";

/** Just enough of an account for a subscription to be refused; anything more would fail otherwise. */
const aws = { account: "111122223333" } as Aws;

describe("a subscription of another account's endpoint", () => {
  for (const [protocol, endpoint] of [
    ["sqs", "arn:aws:sqs:us-west-2:999988887777:siem"],
    ["lambda", "arn:aws:lambda:us-west-2:999988887777:function:chat"],
  ])
    it(`is refused before it waits for its confirmation: ${protocol}`, async () => {
      const failed = await createResource(type, { topic, protocol, endpoint }, aws).catch(
        (error: Error) => error,
      );
      expect(String(failed)).to.match(/in account 111122223333, found it in 999988887777.*forwards to it/);
    });
});
