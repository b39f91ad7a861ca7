import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";

describe("lambda-layer-added", () => {
  const layer = (owner: string, name: string) => `arn:aws:lambda:${region}:${owner}:layer:${name}:1`;
  const attack = (layers: string[], live: unknown) =>
    plannedFor(
      "lambda-layer-added",
      "lambda:UpdateFunctionConfiguration20150331v2",
      { requestParameters: { functionName: "app", layers } },
      { aws: { "lambda:GetFunctionConfiguration": live as never } },
    );
  const set = (...Layers: string[]) => [["UpdateFunctionConfiguration", { FunctionName: "app", Layers }]];
  const live = (...arns: string[]) => ({ Layers: arns.map((Arn) => ({ Arn, CodeSize: 1 })) });

  it("removes the stranger's layer, and keeps the others in their order", async () => {
    const [ours, theirs, later] = [
      layer(account, "ours"),
      layer(stranger, "theirs"),
      layer(account, "later"),
    ];
    expectPlan(
      await attack([ours, theirs], live(ours, theirs, later)),
      set(ours, later),
      set(ours, theirs, later),
    );
  });

  it("leaves layers of this account, which may have been there before the call", async () => {
    const ours = layer(account, "ours");
    expectOutcome(await attack([ours], live(ours)), "needs-baseline");
  });

  it("is already-ok when the layer or the function is gone", async () => {
    const theirs = layer(stranger, "theirs");
    expectOutcome(await attack([theirs], live(layer(account, "ours"))), "already-ok");
    expectOutcome(await attack([theirs], failing("ResourceNotFoundException")), "already-ok");
  });
});
