import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

/** The instance of the attacks. */
export const InstanceId = "i-0123456789abcdef0";

/** Answers to DescribeInstances: each instance by its ID, in a state. */
export function instances(states: Record<string, string>, more: object = {}) {
  return {
    "ec2:DescribeInstances": ({ InstanceIds }: Record<string, unknown>) => {
      const [id = ""] = InstanceIds as string[];
      if (states[id] === undefined) return failing("InvalidInstanceID.NotFound")();
      return {
        Reservations: [
          { Instances: [{ InstanceId: id, State: { Name: states[id] }, RootDeviceType: "ebs", ...more }] },
        ],
      };
    },
  };
}

/** What an EC2 event shares, and EC2's names for it. */
export interface Shared {
  /** `ec2-snapshot-shared` */
  id: string;
  /** `ModifySnapshotAttribute` */
  event: string;
  /** `createVolumePermission` */
  attribute: string;
  /** The permissions in an answer: `CreateVolumePermissions`. */
  list: string;
  /** The change in a request: `CreateVolumePermission`. */
  change: string;
  idMember: string;
  thing: string;
  /** The error for a missing one. */
  gone: string;
  /** The member that shares with whole organizations, if EC2 has one. */
  more?: string;
}

/** Describes a remediation that stops sharing. */
export function describeSharing({
  id,
  event,
  attribute,
  list,
  change,
  idMember,
  thing,
  gone,
  more,
}: Shared): void {
  describe(id, () => {
    const describing = event.replace("Modify", "Describe");
    const attack = (items: object, live: unknown) =>
      plannedFor(
        id,
        `ec2:${event}`,
        {
          requestParameters: {
            [idMember.replace(/^./, (c) => c.toLowerCase())]: thing,
            [attribute]: { add: { items } },
          },
        },
        { configured: { trustedAccounts: ["777788889999"] }, aws: { [`ec2:${describing}`]: live as never } },
      );
    const modify = (how: string, ...grantees: object[]) => [
      [event, { [idMember]: thing, Attribute: attribute, [change]: { [how]: grantees } }],
    ];

    it("removes the stranger who was added, and nobody else", async () => {
      const live = { [list]: [{ UserId: "000000000001" }, { UserId: stranger }, { UserId: "777788889999" }] };
      expectPlan(
        await attack([{ userId: "777788889999" }, { userId: stranger }], live),
        modify("Remove", { UserId: stranger }),
        modify("Add", { UserId: stranger }),
      );
    });

    it("removes the stranger in whatever form the list came", async () => {
      const live = { [list]: [{ UserId: stranger }] };
      for (const items of [[{}, { userId: stranger }], { userId: stranger }])
        expectPlan(
          await attack(items, live),
          modify("Remove", { UserId: stranger }),
          modify("Add", { UserId: stranger }),
        );
    });

    it("removes everyone", async () => {
      const live = { [list]: [{ Group: "all" }] };
      expectPlan(
        await attack([{ group: "all" }], live),
        modify("Remove", { Group: "all" }),
        modify("Add", { Group: "all" }),
      );
    });

    if (more !== undefined)
      it("removes an organization", async () => {
        const OrganizationArn = "arn:aws:organizations::444455556666:organization/o-abcdef1234";
        const plan = await attack([{ [more]: OrganizationArn }], { [list]: [{ OrganizationArn }] });
        expectPlan(plan, modify("Remove", { OrganizationArn }), modify("Add", { OrganizationArn }));
      });

    it("is already-ok if it is no longer shared, or gone", async () => {
      expectOutcome(
        await attack([{ userId: stranger }], { [list]: [{ UserId: "000000000001" }] }),
        "already-ok",
      );
      expectOutcome(await attack([{ userId: stranger }], failing(gone)), "already-ok");
    });
  });
}
