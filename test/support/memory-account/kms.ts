import type { Fields } from "../../../handlers/json";
import { awsError } from "../factories";
import { copy, lowered, type Operation, reading, type Service, there } from "./operation";

interface Key {
  state: "Enabled" | "Disabled" | "PendingDeletion";
  grants: Map<string, Fields>;
}

/** Keys, with their grants. */
export function kms(): Service {
  const keys = new Map<string, Key>();
  const of = (input: Fields) => there(keys, input.KeyId, "NotFoundException");
  let made = 0;
  const recorded = {
    requestParameters: lowered,
    responseElements: ({ GrantId }: Fields) => (GrantId === undefined ? {} : { grantId: GrantId }),
  };
  const to =
    (state: Key["state"], from: Key["state"][]): Operation["run"] =>
    (input) => {
      const key = of(input);
      if (!from.includes(key.state)) throw awsError("KMSInvalidStateException");
      key.state = state;
      return {};
    };

  return {
    // A grant that is made again has another id.
    state: () =>
      [...keys].map(([id, { state, grants }]) => [
        id,
        state,
        [...grants.values()].map(({ GrantId: _, ...grant }) => JSON.stringify(grant)).sort(),
      ]) as unknown,
    operations: {
      ListKeys: reading(() => ({ Keys: [...keys.keys()].map((KeyId) => ({ KeyId })) })),
      DescribeKey: reading((input) => ({ KeyMetadata: { KeyId: input.KeyId, KeyState: of(input).state } })),
      ListGrants: reading((input) => ({
        Grants: [...of(input).grants.values()].filter(
          ({ GrantId }) => input.GrantId === undefined || input.GrantId === GrantId,
        ),
      })),
      CreateKey: {
        run({ KeyId }) {
          keys.set(String(KeyId), { state: "Enabled", grants: new Map() });
          return {};
        },
      },
      EnableKey: { run: to("Enabled", ["Enabled", "Disabled"]), recorded },
      DisableKey: { run: to("Disabled", ["Enabled", "Disabled"]), recorded },
      ScheduleKeyDeletion: { run: to("PendingDeletion", ["Enabled", "Disabled"]), recorded },
      CancelKeyDeletion: { run: to("Disabled", ["PendingDeletion"]), recorded },
      CreateGrant: {
        run(input) {
          const GrantId = `grant-${++made}`;
          of(input).grants.set(GrantId, { ...copy(input), GrantId });
          return { GrantId };
        },
        recorded,
      },
      RevokeGrant: {
        run(input) {
          if (!of(input).grants.delete(String(input.GrantId))) throw awsError("NotFoundException");
          return {};
        },
        recorded,
      },
    },
  };
}
