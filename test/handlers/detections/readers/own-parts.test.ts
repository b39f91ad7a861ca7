import { expect } from "chai";
import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import { ownPartsIn } from "../../../../handlers/detections/readers/own-parts";
import { ownNamesOf } from "../../../../handlers/part-names";
import type { DetectionContext } from "../../../../handlers/settings";
import { account, call, emptyContext } from "../support/cases";

const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:blue`;
const trail = { name: "main", arn: `arn:aws:cloudtrail:eu-west-1:${account}:trail/main` };
const context: DetectionContext = {
  ...emptyContext,
  account,
  trail,
  ownResources: [
    "blue",
    functionArn,
    `arn:aws:sqs:eu-west-1:${account}:blue-failures`,
    `arn:aws:iam::${account}:role/blue`,
    `arn:aws:events:eu-west-1:${account}:event-bus/blue-watch`,
  ],
};
const prepared = { ...context, ownNames: ownNamesOf(context.ownResources, trail) };

describe("ownPartsIn", () => {
  const named = {
    "its name": "blue",
    "its ARN": functionArn,
    "an alias": "blue:live",
    "an alias of its ARN": `${functionArn}:live`,
    "the account and its name": `${account}:function:blue`,
    "the URL of its queue": `https://sqs.eu-west-1.amazonaws.com/${account}/blue-failures`,
    "a policy of its role": `arn:aws:iam::${account}:policy/blue-remediations-1`,
    "a rule of its second path": "blue-watch.iam",
    "the name of its trail": trail.name,
    "the ARN of its trail": trail.arn,
  };
  for (const [what, value] of Object.entries(named))
    for (const [how, given] of Object.entries({
      "names derived before": prepared,
      "names derived now": context,
    }))
      it(`finds ${what}, with ${how}`, () => {
        const record = call("lambda:UpdateFunctionCode", {
          nested: [{ other: "x" }, { functionName: value }],
        });

        expect(ownPartsIn(record, given)).to.eql([
          { path: "requestParameters.nested.1.functionName", value },
        ]);
      });

  it("finds none in names that only resemble those of its parts", () => {
    const others = ["blues", "a-blue", `${functionArn}s`, "blue-watch", "mainly", "", "blue-failures/"];

    expect(ownPartsIn(call("lambda:UpdateFunctionCode", { others }), prepared)).to.eql([
      // The bus itself.
      { path: "requestParameters.others.3", value: "blue-watch" },
    ]);
  });

  it("finds a part once, by its first path, also among the resources", () => {
    const record: CloudTrailRecord = {
      ...call("lambda:UpdateFunctionCode", { b: "blue", a: "blue" }),
      resources: [{ ARN: functionArn }],
    };

    expect(ownPartsIn(record, prepared)).to.eql([
      { path: "resources[0].ARN", value: functionArn },
      { path: "requestParameters.a", value: "blue" },
    ]);
  });
});
