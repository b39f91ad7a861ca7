import { expect } from "chai";
import type { CallAws } from "../../handlers/aws/call";
import { createCallAws } from "../../handlers/aws/clients";
import type { Credentials } from "../../local/emulator";
import { makeAdministrator } from "../../local/stack";
import { tablePolicy } from "../../policies/table";
import { emulator } from "./support";

describe("a table's policy on embedded AWS", () => {
  const TableName = "guarded";
  const role = "guard-of-table";
  const Key = { id: { S: "a" } };
  const Item = { ...Key, by: { S: "mallory" } };
  const sets = "SET #by = :by";
  const values = { ":by": { S: "mallory" } };
  const names = { "#by": "by" };
  /** Every way to write an item. */
  const writes: Record<string, Record<string, unknown>> = {
    PutItem: { TableName, Item },
    UpdateItem: {
      TableName,
      Key,
      UpdateExpression: sets,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
    DeleteItem: { TableName, Key },
    BatchWriteItem: { RequestItems: { [TableName]: [{ PutRequest: { Item } }] } },
    TransactWriteItems: { TransactItems: [{ Put: { TableName, Item } }] },
    ExecuteStatement: { Statement: `INSERT INTO "${TableName}" VALUE {'id': 'a', 'by': 'mallory'}` },
    BatchExecuteStatement: {
      Statements: [{ Statement: `UPDATE "${TableName}" SET by = 'x' WHERE id = 'a'` }],
    },
    ExecuteTransaction: { TransactStatements: [{ Statement: `DELETE FROM "${TableName}" WHERE id = 'a'` }] },
  };
  let arn: string;
  let call: (by: CallAws, operation: string, input: Record<string, unknown>) => Promise<unknown>;
  let root: CallAws;
  let admin: CallAws;
  let detector: CallAws;

  before(async () => {
    const running = await emulator();
    const { endpoint, account, region } = running;
    const as = (credentials: Credentials) => createCallAws({ endpoint, credentials });
    call = (by, operation, input) => by({ service: "dynamodb", operation, region, input });
    root = as(running.credentials);
    admin = as(await makeAdministrator(running, "admin-of-tables"));
    detector = as(await sessionOf(role, root, region));
    arn = `arn:aws:dynamodb:${region}:${account}:table/${TableName}`;
    await call(root, "CreateTable", {
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    });
    const Policy = JSON.stringify(
      tablePolicy({ place: { partition: "aws", region, account }, table: TableName, role }),
    );
    await call(admin, "PutResourcePolicy", { ResourceArn: arn, Policy });
  });
  after(async () => {
    await call(root, "DeleteTable", { TableName }).catch(() => undefined);
  });

  for (const [operation, input] of Object.entries(writes))
    it(`refuses ${operation} by an administrator and by root`, async () => {
      for (const by of [admin, root]) {
        const refused = await call(by, operation, input).catch((error: Error) => error);
        expect(refused).to.be.an("error");
        const { name, message } = refused as Error;
        expect(name, message).to.equal("AccessDeniedException");
        expect(message).to.match(/explicit deny in a resource-based policy/);
      }
      const { Item: found } = (await call(admin, "GetItem", { TableName, Key })) as { Item?: unknown };
      expect(found).to.equal(undefined);
    });

  it("refuses a write to the table by its ARN", async () => {
    const refused = await call(admin, "PutItem", { TableName: arn, Item }).catch((error: Error) => error);
    expect(refused).to.have.property("name", "AccessDeniedException");
  });

  it("lets the role write, and the administrator read and manage", async () => {
    await call(detector, "PutItem", { TableName, Item });
    const { Item: found } = (await call(admin, "GetItem", { TableName, Key })) as { Item?: unknown };
    expect(found).to.deep.equal(Item);
    const { Items } = (await call(admin, "ExecuteStatement", {
      Statement: `SELECT * FROM "${TableName}"`,
    })) as { Items: unknown[] };
    expect(Items).to.deep.equal([Item]);
    await call(admin, "UpdateTable", { TableName, DeletionProtectionEnabled: false });
    await call(detector, "DeleteItem", { TableName, Key });
  });

  it("goes with the table", async () => {
    await call(admin, "DeleteTable", { TableName });
    await call(admin, "CreateTable", {
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    });
    await call(admin, "PutItem", { TableName, Item });
  });
});

/** Keys of a session of a new role that may do everything with tables. */
async function sessionOf(RoleName: string, root: CallAws, region: string): Promise<Credentials> {
  const iam = (operation: string, input: Record<string, unknown>) =>
    root({ service: "iam", operation, region: "us-east-1", input });
  const policy = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
  const { Role } = await iam("CreateRole", {
    RoleName,
    AssumeRolePolicyDocument: policy({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
  });
  await iam("PutRolePolicy", {
    RoleName,
    PolicyName: "tables",
    PolicyDocument: policy({ Effect: "Allow", Action: "dynamodb:*", Resource: "*" }),
  });
  const { Credentials: keys } = await root({
    service: "sts",
    operation: "AssumeRole",
    region,
    input: { RoleArn: (Role as { Arn: string }).Arn, RoleSessionName: "one" },
  });
  const { AccessKeyId, SecretAccessKey, SessionToken } = keys as Record<string, string>;
  return {
    accessKeyId: String(AccessKeyId),
    secretAccessKey: String(SecretAccessKey),
    sessionToken: String(SessionToken),
  };
}
