import { anonymousPrincipal, runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import { expect } from "chai";
import fc from "fast-check";
import { openingsOf, statementsOf } from "../../../../handlers/detections/readers/policy";
import { context, type Document, documents, otherOrganization } from "../support/policies";
import { account, otherAccount } from "../support/cases";

/**
 * Compares the reader's openings with an independent evaluator of policies: everybody whom the reader reports as let in can
 * get in by some request, and no request by any other outsider is allowed.
 */

const strangerAccount = "777700001111";
const strangerOrganization = "o-stranger99";

type Keys = Record<string, string | string[]>;

/** A request by an outsider. */
interface Outside {
  principal: Simulation["request"]["principal"];
  keys: Keys;
}

const organizations = (id: string | undefined): Keys =>
  id === undefined ? {} : { "aws:PrincipalOrgID": id, "aws:PrincipalOrgPaths": [`${id}/r-ab12/ou-ab12-1/`] };

/**
 * Requests by an account in an organization (or in none) with its own credentials, from the internet and through its
 * endpoint.
 */
function signedBy(id: string, organization: string | undefined, places = internet): Outside[] {
  return ["role/admin", "user/team/bob"].flatMap((name) => {
    const principal = `arn:aws:iam::${id}:${name}`;
    const keys: Keys = {
      "aws:PrincipalAccount": id,
      "aws:PrincipalArn": principal,
      "aws:PrincipalIsAWSService": "false",
      ...organizations(organization),
    };
    return places.map((place) => ({ principal, keys: { ...keys, ...place } }));
  });
}

const internet: Keys[] = [
  { "aws:SourceIp": "198.51.100.7", "aws:SecureTransport": "true" },
  { "aws:SourceIp": "198.51.100.7", "aws:SecureTransport": "false" },
  { "aws:SourceVpce": "vpce-99999999", "aws:SecureTransport": "true" },
  { "aws:SourceVpce": "vpce-99999999", "aws:SecureTransport": "false" },
];

/** The networks and endpoints of the policies, which may belong to whoever is named beside them. */
const fixedPlaces = ["true", "false"].flatMap((secure): Keys[] => [
  { "aws:SourceIp": "203.0.113.10", "aws:SecureTransport": secure },
  { "aws:SourceVpce": "vpce-0a1b2c3d", "aws:SecureTransport": secure },
]);

function sourcesOf(id: string): string[] {
  return [
    `arn:aws:sns:eu-west-1:${id}:their-topic`,
    `arn:aws:events:eu-west-1:${id}:rule/theirs`,
    "arn:aws:s3:::files-of-somebody",
  ];
}

/** Requests that a service makes for an account's resource. */
function byServiceFor(id: string, organization: string | undefined, sources = sourcesOf(id)): Outside[] {
  return sources.flatMap((source) =>
    ["true", "false"].map((secure) => ({
      principal: "sns.amazonaws.com",
      keys: {
        "aws:PrincipalIsAWSService": "true",
        "aws:PrincipalServiceName": "sns.amazonaws.com",
        "aws:SecureTransport": secure,
        "aws:SourceAccount": id,
        "aws:SourceArn": source,
        ...(organization === undefined ? {} : { "aws:SourceOrgID": organization }),
      },
    })),
  );
}

const anonymous: Outside[] = internet.map((keys) => ({ principal: anonymousPrincipal, keys }));

/** Where the other account may be organized, besides in this account's organization. */
const itsOrganizations = [undefined, otherOrganization, strangerOrganization];

/** The bucket of the policies, whose owner is equally unknown. */
const fixedSource = ["arn:aws:s3:::ours"];

/** Requests by outsiders. */
interface Requests {
  signed: Outside[];
  byService: Outside[];
  /** From what policies name without saying whose it is, for those named beside it. */
  signedByNamed?: Outside[];
  byServiceForNamed?: Outside[];
}

/** Everyone whom the reader may report as let in. */
const outside: Record<string, Requests> = {
  everyone: {
    signed: [
      ...anonymous,
      ...signedBy(strangerAccount, undefined),
      ...signedBy(strangerAccount, strangerOrganization),
    ],
    byService: [
      ...byServiceFor(strangerAccount, undefined),
      ...byServiceFor(strangerAccount, strangerOrganization),
    ],
  },
  [otherAccount]: {
    signed: itsOrganizations.flatMap((id) => signedBy(otherAccount, id)),
    signedByNamed: itsOrganizations.flatMap((id) => signedBy(otherAccount, id, fixedPlaces)),
    byServiceForNamed: itsOrganizations.flatMap((id) => byServiceFor(otherAccount, id, fixedSource)),
    byService: itsOrganizations.flatMap((id) => byServiceFor(otherAccount, id)),
  },
  [otherOrganization]: {
    signed: signedBy(strangerAccount, otherOrganization),
    signedByNamed: signedBy(strangerAccount, otherOrganization, fixedPlaces),
    byServiceForNamed: byServiceFor(strangerAccount, otherOrganization, fixedSource),
    byService: byServiceFor(strangerAccount, otherOrganization),
  },
};

async function isAllowed(resourcePolicy: Document, { principal: asking, keys }: Outside): Promise<boolean> {
  const isUser = typeof asking === "string" && asking.startsWith("arn:");
  const all = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const simulation: Simulation = {
    request: {
      principal: asking,
      action: "s3:GetObject",
      resource: { resource: "arn:aws:s3:::ours/key", accountId: account },
      contextVariables: keys,
    },
    identityPolicies: isUser ? [{ name: "all", policy: all }] : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy,
  };
  const answer = await runSimulation(simulation, {});
  if (answer.resultType === "error") throw new Error(JSON.stringify(answer.errors));
  return answer.resultType === "single" && answer.overallResult === "Allowed";
}

/** Whether a policy names somebody who may get in, as principal or by keys with these prefixes. */
function names(document: Document, who: string, keysFrom: "aws:Principal" | "aws:Source"): boolean {
  return document.Statement.some(({ Effect, Principal, Condition }) => {
    const isDenial = Effect === "Deny";
    if (!isDenial && keysFrom === "aws:Principal" && JSON.stringify(Principal).includes(who)) return true;
    return Object.entries(Condition).some(
      ([operator, keys]) =>
        operator.includes("Not") === isDenial &&
        Object.entries(keys).some(
          ([key, values]) => key.startsWith(keysFrom) && JSON.stringify(values).includes(who),
        ),
    );
  });
}

/** The outsiders whom the evaluator lets in. */
async function letIn(document: Document): Promise<string[]> {
  // What services may do for anybody counts if the policy restricts for whom: see openingsOf.
  const asksForSource = /"aws:Source(?:Arn|Account|OrgID)"/.test(JSON.stringify(document));
  const found: string[] = [];
  for (const [who, { signed, byService, signedByNamed = [], byServiceForNamed = [] }] of Object.entries(
    outside,
  ))
    for (const request of [
      ...signed,
      ...(asksForSource ? byService : []),
      ...(names(document, who, "aws:Principal") ? signedByNamed : []),
      ...(names(document, who, "aws:Source") ? byServiceForNamed : []),
    ])
      if (await isAllowed(document, request)) {
        found.push(who);
        break;
      }
  return found;
}

describe("openingsOf, beside an evaluator of policies", () => {
  it("agrees about which outsiders are let in", async function () {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const said = openingsOf(statementsOf(document), context).map(({ to }) => to);
        const simulated = await letIn(document);
        const isPublic = simulated.includes("everyone");
        expect(said.includes("everyone"), "everyone").equal(isPublic);
        // Everyone includes those, too; and everybody in an organization.
        if (isPublic) return;
        const openedTo = [...new Set(said)].map((to) => to.split("/")[0]);
        const isOrganized = openedTo.includes(otherOrganization);
        expect(isOrganized, otherOrganization).equal(simulated.includes(otherOrganization));
        if (!isOrganized || openedTo.includes(otherAccount))
          expect(openedTo.includes(otherAccount), otherAccount).equal(simulated.includes(otherAccount));
      }),
      { numRuns: 300 },
    );
  });
});
