import { expect } from "chai";
import { createAskFunction } from "../../cli/ask-function";
import { createHandler } from "../../handlers/index";
import { account, type Answers, awsError, fakeAws, region, someSettings } from "../support/factories";
import { aTable } from "../support/memory-dynamodb";
import { aTokenService } from "../support/sts";

describe("asking the function", () => {
  const credentials = { accessKeyId: "AKIAEXAMPLEALICE0000", secretAccessKey: "alice" };
  const by = `arn:aws:iam::${account}:user/alice`;
  const asked = { verb: "mode", mode: "plan", why: "a drill" } as const;
  const payload = (value: unknown) => ({ Payload: { transformToString: () => JSON.stringify(value) } });

  /** Asks a function that answers so. */
  function asking(answers: Answers, endpoint?: string) {
    const { aws, calls } = fakeAws(answers);
    const ask = createAskFunction({
      table: "findings-red",
      function: "cloudtrailer-red",
      region,
      credentials,
      endpoint,
      aws,
    });
    return { ask, calls };
  }
  const failing = async (answers: Answers) =>
    String(
      await asking(answers)
        .ask(asked)
        .catch((error: Error) => error.message),
    );

  it("is understood by the function, which can tell who asks", async () => {
    for (const endpoint of [undefined, "http://127.0.0.1:4566"]) {
      const table = aTable();
      const { aws } = fakeAws({ ...table.answers, "sns:Publish": {} });
      const handle = createHandler(someSettings(), {
        aws,
        write: () => {},
        now: () => Date.now(),
        pause: async () => {},
        send: aTokenService({ [credentials.accessKeyId]: { ...credentials, arn: by } }).send,
        endpoint,
      });
      let answer: unknown;
      const answers: Answers = {
        "lambda:Invoke": (input) => {
          expect(input).to.deep.include({
            FunctionName: "cloudtrailer-red",
            InvocationType: "RequestResponse",
          });
          answer = input.Payload;
          return {};
        },
      };
      // The fake answers at once: first what is asked, then what the function says about it.
      await asking(answers, endpoint)
        .ask(asked)
        .catch(() => undefined);
      const said = await handle(JSON.parse(String(answer)) as never, {
        awsRequestId: "r-1",
        getRemainingTimeInMillis: () => 60_000,
      });
      expect(said).to.deep.include({ accepted: true, by });
      expect(table.items).to.have.property("switch");
      expect(await asking({ "lambda:Invoke": payload(said) }).ask(asked)).to.deep.include({ by });
    }
  });

  it("asks for the same twice in two requests", async () => {
    const { ask, calls } = asking({ "lambda:Invoke": payload({ accepted: true, by, at: "" }) });
    await ask(asked);
    await ask(asked);
    const [first, second] = calls.map(({ input }) => JSON.parse(String(input.Payload)) as object);
    expect(first).not.to.deep.equal(second);
  });

  it("says why the function refuses", async () => {
    const refusal = payload({ accepted: false, reason: "expected one of the operators" });
    expect(await failing({ "lambda:Invoke": refusal })).to.equal(
      "the function cloudtrailer-red refused: expected one of the operators",
    );
  });

  it("says what failed", async () => {
    const failed = { FunctionError: "Unhandled", ...payload({ errorMessage: "SNS is away", trace: [] }) };
    expect(await failing({ "lambda:Invoke": failed })).to.match(/nothing was done, or not all: SNS is away$/);
    const strange = { FunctionError: "Unhandled", Payload: { transformToString: () => "<html>" } };
    expect(await failing({ "lambda:Invoke": strange })).to.include("<html>");
    const denied = () => {
      throw awsError("AccessDeniedException", "not authorized to perform: lambda:InvokeFunction");
    };
    expect(await failing({ "lambda:Invoke": denied })).to.include("lambda:InvokeFunction");
  });

  it("says so when the function is of a version that knows no requests", async () => {
    expect(await failing({ "lambda:Invoke": {} })).to.include("deploy this version first");
    expect(await failing({ "lambda:Invoke": payload(null) })).to.include("deploy this version first");
  });
});
