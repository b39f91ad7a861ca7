import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("lambda-function-url-public", () => {
  const attack = (live: unknown) =>
    plannedFor(
      "lambda-function-url-public",
      "lambda:CreateFunctionUrlConfig",
      { requestParameters: { functionName: "app", qualifier: "live", authType: "NONE" } },
      { aws: { "lambda:GetFunctionUrlConfig": live as never } },
    );
  const set = (AuthType: string) => [
    ["UpdateFunctionUrlConfig", { FunctionName: "app", Qualifier: "live", AuthType }],
  ];

  it("makes the URL ask for signed requests, and would not", async () => {
    expectPlan(await attack({ AuthType: "NONE" }), set("AWS_IAM"), set("NONE"));
  });

  it("is already-ok when it does or is gone", async () => {
    expectOutcome(await attack({ AuthType: "AWS_IAM" }), "already-ok");
    expectOutcome(await attack(failing("ResourceNotFoundException")), "already-ok");
  });
});
