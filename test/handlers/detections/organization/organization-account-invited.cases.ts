import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an account",
    record: call(
      "organizations:InviteAccountToOrganization",
      { target: { type: "ACCOUNT", id: "444455556666" } },
      { responseElements: { handshake: { id: "h-0a1b2c3d" } } },
    ),
    evidence: "responseElements.handshake.id",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
