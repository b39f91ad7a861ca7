import type { Call } from "../../handlers/aws/call";
import { expect } from "chai";
import { problemsOfCall, problemsOfPlan } from "../../local/service-checks";

const sound: Call = {
  service: "iam",
  operation: "DetachUserPolicy",
  region: "us-east-1",
  input: { UserName: "bob", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
};

describe("problemsOfCall", () => {
  it("finds none in a valid call", () => {
    expect(problemsOfCall(sound)).to.deep.equal([]);
  });

  const unsound: Record<string, Partial<Call>> = {
    "a service that is not there": { service: "iamx" },
    "an operation that is not there": { operation: "DetachUsersPolicy" },
    "a member that is not there": { input: { ...sound.input, userName: "bob" } },
    "a required member that is missing": { input: { UserName: "bob" } },
    "a value of another type": { input: { ...sound.input, UserName: ["bob"] } },
    "a value that is too short": { input: { ...sound.input, UserName: "" } },
    "a value that is not offered": {
      operation: "UpdateAccessKey",
      input: { AccessKeyId: "AKIAEXAMPLEBOB000001", Status: "Off" },
    },
    "a region that is none": { region: "nowhere" },
    "failures that no answer has": { failuresIn: "Failures" },
  };
  for (const [what, own] of Object.entries(unsound))
    it(`finds ${what}`, () => {
      expect(problemsOfCall({ ...sound, ...own })).not.to.be.empty;
    });

  it("assumes that what comes from an answer exists, if the answer can have it", () => {
    const plan = (path: string) => ({
      summary: "",
      calls: [
        { service: "guardduty", operation: "CreateDetector", region: "us-east-1", input: { Enable: true } },
      ],
      rollback: [
        {
          service: "guardduty",
          operation: "DeleteDetector",
          region: "us-east-1",
          input: {},
          fromAnswers: { DetectorId: { call: 0, path } },
        },
      ],
    });
    expect(problemsOfPlan(plan("DetectorId"))).to.deep.equal([]);
    expect(problemsOfPlan(plan("Id"))).not.to.be.empty;
  });
});
