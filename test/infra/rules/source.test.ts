import { expect } from "chai";
import { readSource } from "../../../infra/rules/source";

const source = `import type { A } from "./types";
import { b } from "./b";
import {
  c,
} from "c";
export { d } from "./d";

export const rule: Rule = {
  id: "x",
  "title": \`y\`,
  remediation: { writes: ["a", ("b" as string)] },
  match(record) { return undefined; },
} satisfies object;
export const examples = { hits: [{ record: r }, { name: "two", live: { "ec2:DescribeTags": {} } }] };
`;

describe("the source of a rule", () => {
  it("has imports, but not those of types", () => {
    expect(readSource(source).imports.map(({ name, line }) => [name, line])).to.deep.equal([
      ["./b", 2],
      ["c", 3],
      ["./d", 6],
    ]);
  });

  for (const [path, line, column] of [
    ["rule", 8, 14],
    ["rule.id", 9, 7],
    ["rule.title", 10, 12],
    ["rule.remediation.writes[1]", 11, 32],
    ["rule.match", 12, 3],
    ["rule.nothing.here", 8, 14],
    ["examples.hits[1].name", 14, 57],
    ["examples.hits[1].live.ec2:DescribeTags", 14, 92],
    ["examples.hits[0].record.eventName", 14, 44],
    ["elsewhere", 1, 1],
  ] as const)
    it(`has ${path} in line ${line}`, () => {
      expect(readSource(source).placeOf(path)).to.deep.equal({ line, column });
    });

  it("is read as far as it goes when it is broken", () => {
    expect(readSource('export const rule = { id: "x", title "y"').placeOf("rule.id").line).to.equal(1);
  });
});
