import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "the list",
    record: call("ebs:ListSnapshotBlocks", { snapshotId: "snap-0a1b2c3d4e5f60718", maxResults: 100 }),
    evidence: "requestParameters.snapshotId",
    resources: ["snap-0a1b2c3d4e5f60718"],
  },
  {
    name: "a block",
    record: call("ebs:GetSnapshotBlock", { snapshotId: "snap-0a1b2c3d4e5f60718", blockIndex: 1 }),
    resources: ["snap-0a1b2c3d4e5f60718"],
  },
  {
    name: "changes",
    record: call("ebs:ListChangedBlocks", {
      firstSnapshotId: "snap-0a1b2c3d4e5f60718",
      secondSnapshotId: "snap-0a1b2c3d4e5f60719",
    }),
    resources: ["snap-0a1b2c3d4e5f60719"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
