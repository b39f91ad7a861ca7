import { expect } from "chai";
import { exceptionsFor, textOf } from "../../cli/except";
import type { Item } from "../../cli/stack-access";
import { verdictOf } from "../../handlers/findings/exceptions";
import { checkException } from "../../infra/exceptions";
import { text } from "../../infra/checks";
import { aFinding } from "../support/factories";

const { load } = require("js-yaml") as { load(text: string): unknown };

describe("cloudtrailer except", () => {
  const finding = aFinding();
  const { record, match, source, account, region, detection, title, severity } = finding;
  const item = (own: Record<string, unknown> = {}): Item => ({
    id: { S: finding.id },
    about: {
      S: JSON.stringify({
        detection: detection.id,
        title,
        severity,
        account,
        region,
        resources: match.resources,
        ...own,
      }),
    },
    basis: { S: JSON.stringify({ record, match, source }) },
  });
  const held = { reason: "a drill: 1", owner: "ann", until: "2099-01-31" };

  it("prints what the configuration accepts, and what covers this finding", async () => {
    const pasted = load(textOf(exceptionsFor(item(), held))) as Record<string, unknown[]>;
    const [given] = pasted["cloudtrailer:exceptions"] ?? [];
    const wrong: unknown[] = [];
    const exception = checkException(
      Date.now(),
      text("an id", () => true),
    )(given, "exceptions[0]", (one) => wrong.push(one));
    expect(wrong).to.deep.equal([]);
    const exceptions = exception === undefined ? [] : [exception];
    const verdict = await verdictOf(finding, exceptions, Date.now(), async () => ({ holds: false }) as never);
    expect(verdict.passes).to.equal(true);
    const other = { ...finding, account: "999988887777" };
    expect((await verdictOf(other, exceptions, Date.now(), async () => ({}) as never)).passes).to.equal(
      false,
    );
  });

  it("makes one for each resource, and omits what the finding does not say", () => {
    const resources = [
      { type: "AWS::S3::Bucket", id: "one" },
      { type: "AWS::S3::Bucket", id: "two" },
    ];
    expect(
      exceptionsFor(item({ resources, region: "" }), held).map(({ resource }) => resource),
    ).to.deep.equal(["one", "two"]);
    const without = { ...item({ resources: [], region: "" }), basis: undefined };
    expect(exceptionsFor(without, held)).to.deep.equal([{ detection: detection.id, account, ...held }]);
  });

  it("quotes names that YAML would misread", () => {
    const resources = [{ type: "AWS::S3::Bucket", id: "x\n- detection: '*'" }];
    const pasted = load(textOf(exceptionsFor(item({ resources }), held))) as Record<string, unknown[]>;
    expect(pasted["cloudtrailer:exceptions"]).to.have.length(1);
  });
});
