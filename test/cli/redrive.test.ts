import { expect } from "chai";
import { redrive } from "../../cli/redrive";
import { awsError, fakeAws } from "../support/factories";

describe("cloudtrailer redrive", () => {
  const event = { Records: [{ Sns: { Message: "{}", MessageId: "m" } }] };
  const failure = (own: object = {}) =>
    JSON.stringify({
      version: "1.0",
      requestContext: {
        functionArn: "arn:aws:lambda:us-west-2:111122223333:function:cloudtrailer-red:$LATEST",
        condition: "RetriesExhausted",
      },
      requestPayload: event,
      ...own,
    });

  /** Redrives these messages, and returns what became of them. @param answers of the function, one for each */
  async function redriven(bodies: string[], answers: (() => Record<string, unknown>)[] = []) {
    const queue = bodies.map((Body, index) => ({ MessageId: `m${index}`, ReceiptHandle: `r${index}`, Body }));
    const deleted: unknown[] = [];
    const putBack: unknown[] = [];
    const lines: string[] = [];
    let invoked = 0;
    const { aws, calls } = fakeAws({
      "sqs:ReceiveMessage": () => ({ Messages: queue.splice(0, 1) }),
      "sqs:DeleteMessage": ({ ReceiptHandle }) => {
        deleted.push(ReceiptHandle);
        return {};
      },
      "sqs:ChangeMessageVisibility": ({ ReceiptHandle }) => {
        putBack.push(ReceiptHandle);
        return {};
      },
      "lambda:Invoke": () => (answers[invoked++] ?? (() => ({ StatusCode: 200 })))(),
    });
    const result = await redrive({
      queue: "q",
      function: "cloudtrailer-red",
      region: "us-west-2",
      aws,
      out: (line) => lines.push(line),
    });
    const invocations = calls.filter(({ operation }) => operation === "Invoke").map(({ input }) => input);
    return { result, deleted, putBack, lines, invocations };
  }

  it("invokes the function with the event again, and deletes what it has processed", async () => {
    const { result, deleted, invocations } = await redriven([failure()]);
    expect(result).to.deep.equal({ done: 1, failed: 0 });
    expect(deleted).to.deep.equal(["r0"]);
    expect(invocations).to.deep.equal([
      {
        FunctionName: "cloudtrailer-red",
        InvocationType: "RequestResponse",
        Payload: JSON.stringify(event),
      },
    ]);
  });

  for (const requestPayload of [
    { cloudtrailer: "keep-baselines", at: "schedule" },
    { cloudtrailer: "due-fixes" },
  ])
    it(`passes an event of a schedule on unchanged: ${requestPayload.cloudtrailer}`, async () => {
      const { result, invocations } = await redriven([failure({ requestPayload })]);
      expect(result).to.deep.equal({ done: 1, failed: 0 });
      expect(invocations.map(({ Payload }) => Payload)).to.deep.equal([JSON.stringify(requestPayload)]);
    });

  it("returns what fails again to the queue, says why, and continues with the next", async () => {
    const failed = () => ({
      FunctionError: "Unhandled",
      Payload: { transformToString: () => '{"errorMessage":"broken"}' },
    });
    const throttled = () => {
      throw awsError("TooManyRequestsException", "later");
    };
    const { result, deleted, putBack, lines } = await redriven(
      [failure(), failure(), failure()],
      [failed, throttled],
    );
    expect(result).to.deep.equal({ done: 1, failed: 2 });
    expect(deleted).to.deep.equal(["r2"]);
    expect(putBack).to.deep.equal(["r0", "r1"]);
    expect(lines[0]).to.include('the function failed again: {"errorMessage":"broken"}');
    expect(lines[1]).to.include("TooManyRequestsException: later");
  });

  it("invokes nothing for a message that is not about a failed invocation of the function", async () => {
    const functionArn = "arn:aws:lambda:us-west-2:111122223333:function:another:$LATEST";
    const { result, invocations, lines } = await redriven([
      "hello",
      "null",
      failure({ requestContext: { functionArn } }),
      failure({ requestPayload: "x" }),
    ]);
    expect(result).to.deep.equal({ done: 0, failed: 4 });
    expect(invocations).to.deep.equal([]);
    expect(lines.join("\n")).to.match(/no JSON[^]*found one of ""[^]*function:another[^]*found neither/);
  });

  it("ends when SQS delivers again what failed", async () => {
    const body = failure({ requestPayload: "x" });
    const message = { MessageId: "same", ReceiptHandle: "r", Body: body };
    const { aws, calls } = fakeAws({
      "sqs:ReceiveMessage": () => ({ Messages: [message] }),
      "sqs:ChangeMessageVisibility": {},
    });
    const options = { queue: "q", function: "cloudtrailer-red", region: "us-west-2", aws, out: () => {} };
    expect(await redrive(options)).to.deep.equal({ done: 0, failed: 1 });
    expect(calls.filter(({ operation }) => operation === "ReceiveMessage")).to.have.length(2);
  });
});
