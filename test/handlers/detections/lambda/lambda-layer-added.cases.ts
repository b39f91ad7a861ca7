import { account, call, type Cases, otherAccount, role } from "../support/cases";

const layer = (owner: string) => `arn:aws:lambda:eu-west-1:${owner}:layer:helper:3`;

function update(request: Record<string, unknown>, layers: string[], fields = {}) {
  return call(
    "lambda:UpdateFunctionConfiguration20150331v2",
    { functionName: "billing", ...request },
    {
      responseElements: { functionName: "billing", layers: layers.map((arn) => ({ arn, codeSize: 812 })) },
      ...fields,
    },
  );
}

export const cases: Cases = {
  hits: [
    {
      name: "another account's layer",
      record: update({ layers: [layer(otherAccount)] }, [layer(otherAccount)]),
      evidence: "requestParameters.layers",
      resources: ["billing", layer(otherAccount)],
      severity: "high",
    },
    {
      name: "another account's layer beside an own one: only that is named",
      record: update({ layers: [layer(account), layer(otherAccount)] }, []),
      resources: [layer(otherAccount)],
      severity: "high",
    },
    { name: "an own layer, by a person", record: update({ layers: [layer(account)] }, [layer(account)]) },
    {
      name: "a request that does not show the layers",
      record: update({ environment: {} }, [layer(account)]),
      evidence: "responseElements.layers",
    },
    {
      name: "another account's layer, by automation",
      record: update({ layers: [layer(otherAccount)] }, [], { userIdentity: role("deploy") }),
      context: { automation: [`arn:aws:iam::${account}:role/deploy`] },
      severity: "high",
    },
  ],
  quiet: [
    { name: "something else changed", record: update({ timeout: 30 }, [layer(account)]) },
    { name: "layers taken away", record: update({ layers: [] }, []) },
    {
      name: "an own layer, by automation",
      record: update({ layers: [layer(account)] }, [layer(account)], { userIdentity: role("deploy") }),
      context: { automation: [`arn:aws:iam::${account}:role/deploy`] },
    },
  ],
};
