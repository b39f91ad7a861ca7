import { account, call, type Cases, role } from "../support/cases";

function send(parameters: Record<string, unknown>, fields = {}) {
  return call(
    "ssm:SendCommand",
    { documentName: "AWS-RunShellScript", parameters: "HIDDEN_DUE_TO_SECURITY_REASONS", ...parameters },
    { responseElements: { command: { commandId: "0f1e2d3c-aaaa-bbbb-cccc-0123456789ab" } }, ...fields },
  );
}

const one = { instanceIds: ["i-0a1b2c3d4e5f60718"] };

export const cases: Cases = {
  hits: [
    {
      name: "a command",
      record: send(one),
      evidence: "responseElements.command.commandId",
      resources: ["i-0a1b2c3d4e5f60718"],
    },
    {
      name: "a command on two instances, the document as an ARN",
      record: send({
        documentName: "arn:aws:ssm:eu-west-1::document/AWS-RunPowerShellScript",
        instanceIds: ["i-0a1b2c3d4e5f60718", "i-0b1c2d3e4f5061728"],
      }),
      resources: ["i-0a1b2c3d4e5f60718", "i-0b1c2d3e4f5061728"],
      severity: "high",
    },
    {
      name: "a command on all with a tag",
      record: send({ targets: [{ key: "tag:Environment", values: ["prod"] }] }),
      severity: "high",
    },
    {
      name: "a command on targets by id",
      record: send({ targets: [{ key: "InstanceIds", values: ["i-0a1b2c3d4e5f60718"] }] }),
      resources: ["i-0a1b2c3d4e5f60718"],
    },
    {
      name: "a session",
      record: call(
        "ssm:StartSession",
        { target: "i-0a1b2c3d4e5f60718" },
        {
          responseElements: {
            sessionId: "alice-0a1b2c3d4e5f60718",
            tokenValue: "HIDDEN_DUE_TO_SECURITY_REASONS",
          },
        },
      ),
      evidence: "responseElements.sessionId",
      resources: ["i-0a1b2c3d4e5f60718"],
    },
    {
      name: "a session that goes on",
      record: call(
        "ssm:ResumeSession",
        { sessionId: "alice-0a1b2c3d4e5f60718" },
        { responseElements: { sessionId: "alice-0a1b2c3d4e5f60718" } },
      ),
      evidence: "responseElements.sessionId",
    },
    {
      name: "parameters omitted",
      record: call("ssm:SendCommand", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "a document with fixed steps", record: send({ ...one, documentName: "AWS-UpdateSSMAgent" }) },
    {
      name: "a session of somebody whose work it is",
      record: call("ssm:StartSession", { target: "i-0a1b2c3d4e5f60718" }, { userIdentity: role("operator") }),
      context: { automation: [`arn:aws:iam::${account}:role/operator`] },
    },
    {
      name: "a session of theirs that goes on",
      record: call("ssm:ResumeSession", { sessionId: "a" }, { userIdentity: role("operator") }),
      context: { automation: [`arn:aws:iam::${account}:role/operator`] },
    },
    {
      name: "a maintenance window",
      record: send(one, { userIdentity: { ...role("maintenance"), invokedBy: "ssm.amazonaws.com" } }),
    },
  ],
};
