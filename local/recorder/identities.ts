import { GetAccessKeyLastUsedCommand, GetRoleCommand, GetUserCommand } from "@aws-sdk/client-iam";
import type { UserIdentity } from "../../handlers/cloudtrail/record";
import type { Call } from "./calls";
import type { Members } from "./decode";
import { functionSessionOf } from "./function-sessions";
import type { RootClients } from "./root-clients";

/** The owners of access keys. */
export interface Identities {
  /**
   * The owner of an access key.
   *
   * @returns undefined if no user or session is known to have it
   */
  of(accessKeyId: string, region: string): Promise<UserIdentity | undefined>;
  /** Learns from a successful call: sessions that begin, users and keys that change. */
  learn(call: Call, caller: UserIdentity, input: Members, output: Members, at: Date): void;
}

export interface IdentitiesOptions {
  clients: RootClients;
  /** 12 digits. */
  account: string;
  region: string;
  /** Keys of the emulator's root user. */
  rootAccessKeyId: string;
}

/** Maximum number of remembered keys; the oldest are dropped first. */
const maxRemembered = 10_000;

/** IAM calls after which a key may belong to another user, or to nobody. */
const changesUsers = /^(Create|Update|Delete)(User|AccessKey)$/;

function fieldsOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function textOf(fields: Members, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function instant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** `userIdentity` of a role's session. */
export function roleSession(
  session: { accessKeyId: string; roleArn: string; roleId: string; sessionName: string },
  since: Date,
  mfa = false,
): UserIdentity {
  const account = session.roleArn.split(":")[4] ?? "";
  const roleName = session.roleArn.slice(session.roleArn.lastIndexOf("/") + 1);
  return {
    type: "AssumedRole",
    principalId: `${session.roleId}:${session.sessionName}`,
    arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${session.sessionName}`,
    accountId: account,
    accessKeyId: session.accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: session.roleId,
        arn: session.roleArn,
        accountId: account,
        userName: roleName,
      },
      attributes: { creationDate: instant(since), mfaAuthenticated: String(mfa) },
    },
  };
}

/** Creates the register of access keys. It asks the emulator about a key once, and then learns from calls. */
export function createIdentities({
  clients,
  account,
  region,
  rootAccessKeyId,
}: IdentitiesOptions): Identities {
  // MiniStack accepts each of these as its root user's key.
  const rootKeys = new Set([rootAccessKeyId, account, "test"]);
  const users = new Map<string, UserIdentity>();
  const sessions = new Map<string, UserIdentity>();

  function remember(
    keys: Map<string, UserIdentity>,
    accessKeyId: string,
    identity: UserIdentity,
  ): UserIdentity {
    keys.set(accessKeyId, identity);
    if (keys.size > maxRemembered) keys.delete(keys.keys().next().value as string);
    return identity;
  }

  function root(accessKeyId: string): UserIdentity {
    const arn = `arn:aws:iam::${account}:root`;
    return { type: "Root", principalId: account, arn, accountId: account, accessKeyId };
  }

  async function userWith(accessKeyId: string): Promise<UserIdentity | undefined> {
    const { UserName } = await clients.iam.send(
      new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }),
    );
    if (!UserName) return undefined;
    const { User } = await clients.iam.send(new GetUserCommand({ UserName }));
    if (!User?.Arn || !User.UserId) return undefined;
    const identity = { type: "IAMUser", principalId: User.UserId, arn: User.Arn, accountId: account };
    return remember(users, accessKeyId, { ...identity, accessKeyId, userName: UserName });
  }

  async function functionWith(accessKeyId: string, callRegion: string): Promise<UserIdentity | undefined> {
    const session = await functionSessionOf(clients, accessKeyId, new Set([region, callRegion]));
    if (!session) return undefined;
    const roleName = session.roleArn.slice(session.roleArn.lastIndexOf("/") + 1);
    const { Role } = await clients.iam.send(new GetRoleCommand({ RoleName: roleName }));
    const roleId = Role?.RoleId ?? "";
    return remember(sessions, accessKeyId, roleSession({ ...session, accessKeyId, roleId }, new Date()));
  }

  /** The session that an STS call started. */
  function sessionOf(
    call: Call,
    caller: UserIdentity,
    input: Members,
    output: Members,
    at: Date,
  ): UserIdentity | undefined {
    const accessKeyId = textOf(fieldsOf(output.Credentials), "AccessKeyId");
    if (accessKeyId === "") return undefined;
    const mfa = textOf(input, "TokenCode") !== "";
    const attributes = { creationDate: instant(at), mfaAuthenticated: String(mfa) };
    const assumed = fieldsOf(output.AssumedRoleUser);
    const roleArn = textOf(input, "RoleArn");
    if (roleArn !== "" && textOf(assumed, "Arn") !== "") {
      const [roleId = "", sessionName = ""] = textOf(assumed, "AssumedRoleId").split(":");
      return roleSession({ accessKeyId, roleArn, roleId, sessionName }, at, mfa);
    }
    const federated = fieldsOf(output.FederatedUser);
    if (textOf(federated, "Arn") !== "") {
      const { type, principalId, arn, accountId, userName } = caller;
      return {
        type: "FederatedUser",
        principalId: textOf(federated, "FederatedUserId"),
        arn: textOf(federated, "Arn"),
        accountId: account,
        accessKeyId,
        sessionContext: {
          sessionIssuer: { ...defined({ type, principalId, arn, accountId, userName }) },
          attributes,
        },
      };
    }
    return call.operation.name === "GetSessionToken"
      ? { ...caller, accessKeyId, sessionContext: { sessionIssuer: {}, attributes } }
      : undefined;
  }

  return {
    async of(accessKeyId, callRegion) {
      if (rootKeys.has(accessKeyId)) return root(accessKeyId);
      const known = sessions.get(accessKeyId) ?? users.get(accessKeyId);
      if (known) return known;
      try {
        return accessKeyId.startsWith("ASIA")
          ? await functionWith(accessKeyId, callRegion)
          : await userWith(accessKeyId);
      } catch (error) {
        // A key that nobody has. The emulator says so in several ways, all of which are answers with a status.
        const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
        if (status !== undefined && status < 500) return undefined;
        throw error;
      }
    },
    learn(call, caller, input, output, at) {
      const { service } = call.model.metadata;
      if (service === "iam" && changesUsers.test(call.operation.name)) users.clear();
      if (service !== "sts") return;
      const session = sessionOf(call, caller, input, output, at);
      if (session?.accessKeyId !== undefined) remember(sessions, session.accessKeyId, session);
    },
  };
}

function defined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
