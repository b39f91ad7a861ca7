import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import { type Aws, ifPresent } from "../aws";
import type { Values } from "../property";
import { resourceType } from "../resource-type";

interface Statement {
  Sid: string;
  Principal: string | { Service?: string; AWS?: string };
  Action: string;
  Condition?: { ArnLike?: Record<string, string>; StringEquals?: Record<string, string> };
}

/** A function's name, from its name or its ARN. */
const nameOf = (nameOrArn: string) =>
  nameOrArn.startsWith("arn:") ? (nameOrArn.split(":")[6] ?? nameOrArn) : nameOrArn;

async function statementOf(id: string, functionName: string, aws: Aws): Promise<Statement | undefined> {
  const answer = await ifPresent(aws.lambda.send(new GetPolicyCommand({ FunctionName: functionName })));
  if (!answer?.Policy) return undefined;
  const { Statement } = JSON.parse(answer.Policy) as { Statement: Statement[] };
  return Statement.find(({ Sid }) => Sid === id);
}

function principalOf({ Principal }: Statement): string | undefined {
  return typeof Principal === "string" ? Principal : (Principal.Service ?? Principal.AWS);
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/lambda/permission/ */
export const permission = resourceType({
  type: "aws:lambda/permission:Permission",
  properties: {
    statementId: { kind: "text", named: true, replaces: true },
    function: { kind: "text", required: true, replaces: true },
    action: { kind: "text", required: true, replaces: true },
    principal: { kind: "text", required: true, replaces: true },
    sourceArn: { kind: "text", replaces: true },
    sourceAccount: { kind: "text", replaces: true },
  },
  async create(inputs, aws) {
    await aws.lambda.send(
      new AddPermissionCommand({
        FunctionName: inputs.function,
        StatementId: inputs.statementId,
        Action: inputs.action,
        Principal: inputs.principal,
        SourceArn: inputs.sourceArn,
        SourceAccount: inputs.sourceAccount,
      }),
    );
    return inputs.statementId;
  },
  async read(id, state, aws) {
    const statement = await statementOf(id, nameOf(state.function as string), aws);
    if (!statement) return undefined;
    const { ArnLike, StringEquals } = statement.Condition ?? {};
    return {
      statementId: id,
      action: statement.Action,
      principal: principalOf(statement),
      sourceArn: ArnLike?.["AWS:SourceArn"] ?? ArnLike?.["aws:SourceArn"],
      sourceAccount: StringEquals?.["AWS:SourceAccount"] ?? StringEquals?.["aws:SourceAccount"],
    };
  },
  async delete(id, state: Values, aws) {
    const FunctionName = nameOf(state.function as string);
    await ifPresent(aws.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: id })));
  },
});
