import { expect } from "chai";
import fc from "fast-check";
import { structOf } from "../../../../cli/replay/forms/struct";

describe("rows as Athena and CloudTrail Lake print them", () => {
  const texts: Record<string, unknown> = {
    "{}": {},
    "{type=IAMUser, username=mallory}": { type: "IAMUser", username: "mallory" },
    "{type=AssumedRole, invokedby=null, sessioncontext={attributes={mfaauthenticated=false}, sessionissuer={arn=arn:aws:iam::1:role/a, b}}}":
      {
        type: "AssumedRole",
        sessioncontext: {
          attributes: { mfaauthenticated: "false" },
          sessionissuer: { arn: "arn:aws:iam::1:role/a, b" },
        },
      },
    "[{arn=a, type=b}, {arn=c}]": [{ arn: "a", type: "b" }, { arn: "c" }],
    "{list=[a, b], none=[]}": { list: ["a", "b"], none: [] },
    '{policyDocument={"Statement":[{"Effect":"Allow"}]}, roleName=x}': {
      policyDocument: { Statement: [{ Effect: "Allow" }] },
      roleName: "x",
    },
    "{name=a=b, other=}": { name: "a=b", other: "" },
  };
  for (const [text, value] of Object.entries(texts))
    it(`reads ${text}`, () => expect(structOf(text)).deep.equal(value));

  for (const text of ["", "x", "{", "{a", "{a=", "{a=b", "{a=b}}", "{a={b=c}", "{1=2}", "[", '{"a":1}'])
    it(`takes ${JSON.stringify(text)} for something else`, () => expect(structOf(text)).equal(undefined));

  it("makes no prototype of a name", () => {
    const found = structOf("{__proto__={polluted=yes}}") as object;
    expect(Object.keys(found)).deep.equal(["__proto__"]);
    expect(({} as { polluted?: string }).polluted).equal(undefined);
  });

  it("terminates on any text", () => {
    const piece = fc.constantFrom("{", "}", "[", "]", "=", ", ", ",", "a", "b=", '"', " ", "null");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        structOf(pieces.join(""));
      }),
      { numRuns: 5_000 },
    );
  });
});
