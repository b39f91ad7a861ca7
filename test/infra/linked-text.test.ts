import { Module } from "node:module";
import { gzipSync } from "node:zlib";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { linkedTextOf, linkText, withLinkedText } from "../../infra/linked-text";

/** The exports of a text, loaded like a file in Node. */
function exportsOf(text: string): { handler: (...args: never[]) => unknown } {
  const loaded = new Module("linked.js") as Module & { _compile(text: string, file: string): void };
  loaded._compile(text, "linked.js");
  return loaded.exports as { handler: (...args: never[]) => unknown };
}

const words = 'a "quoted", name: text; }) {';
const table = { double: (value: number) => 2 * value, words: [words, "this: undefined"] };
function isEven(value: number): boolean {
  return value === 0 || isOdd(value - 1);
}
function isOdd(value: number): boolean {
  return value !== 0 && isEven(value - 1);
}
async function later(...values: number[]): Promise<number> {
  return values.reduce((sum, value) => sum + value, 0);
}

describe("the linked text of a callback", () => {
  it("does what the source does: functions of functions, objects, constants, asynchronous ones", async () => {
    const { handler } = exportsOf(
      await linkedTextOf(
        () => async (value: number) => ({
          double: table.double(value),
          odd: isOdd(value),
          words: [words, ...table.words],
          sum: await later(value, 1),
          ownArguments: ((...args: unknown[]) => args.length)(1, 2),
        }),
        true,
      ),
    );
    expect(await (handler as (value: number) => Promise<unknown>)(7)).to.deep.equal({
      double: 14,
      odd: true,
      words: [words, words, "this: undefined"],
      sum: 8,
      ownArguments: 2,
    });
  });

  it("makes each function once", async () => {
    const { handler } = exportsOf(await linkedTextOf(() => [isEven, isEven, table.double], false));
    const [first, second] = handler() as unknown[];
    expect(first).to.equal(second);
    expect(await linkedTextOf(() => isEven(2), false)).not.to.match(/\bwith *\(/);
  });

  it("hides nothing of its own behind the names that functions capture", async () => {
    const links = [1];
    const $links = [2];
    const link = 3;
    const sum = () => (links[0] ?? 0) + ($links[0] ?? 0) + link;
    const { handler } = exportsOf(await linkedTextOf(() => sum(), false));
    expect(handler()).to.equal(6);
  });

  it("uses names for itself that are keywords elsewhere", async () => {
    const exports = { own: 1 };
    const { handler } = exportsOf(await linkedTextOf(() => exports.own, false));
    expect(handler()).to.equal(1);
  });

  it("requires what the source imports", async () => {
    const text = await linkedTextOf(() => gzipSync("x").length, false);
    expect(text).to.match(/^const \w+ = require\("zlib"\);$/m);
    expect(exportsOf(text).handler()).to.equal(gzipSync("x").length);
  });

  for (const [what, text] of Object.entries({
    "another wrapper": "function __f0() {\n  return 1;\n}\nexports.handler = __f0;\n",
    "no export": "const x = 1;\n",
    nothing: "",
  }))
    it(`is refused of ${what}`, () => {
      expect(() => linkText(text)).to.throw("adapt infra/linked-text.ts");
    });

  it("is deployed instead of Pulumi's own", async () => {
    const { text } = await pulumi.runtime.serializeFunction(() => isEven(4));
    const archive = (assets: Record<string, string>) => ({
      code: pulumi.output(
        new pulumi.asset.AssetArchive(
          Object.fromEntries(
            Object.entries(assets).map(([name, value]) => [name, new pulumi.asset.StringAsset(value)]),
          ),
        ),
      ),
    });
    const transformed = (props: object) =>
      withLinkedText({ props, opts: {} } as pulumi.ResourceTransformationArgs)?.props as {
        code: pulumi.Output<{ assets: Promise<Record<string, { text: Promise<string> }>> }>;
      };
    const settled = <T>(output: pulumi.Output<T>) =>
      (output as unknown as { promise(): Promise<T> }).promise();
    const { assets } = await settled(transformed(archive({ "__index.js": text })).code);
    expect(await (await assets)["__index.js"]?.text).to.equal(linkText(text));
    const problem = await settled(transformed(archive({ "other.js": text })).code).catch(
      (error: Error) => error,
    );
    expect((problem as unknown as Error).message).to.include("found other.js");
  });
});
