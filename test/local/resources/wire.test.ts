import { expect } from "chai";
import { fromWire, toWire } from "../../../local/resources/casing";
import { holdsSecret, plain, secret } from "../../../local/resources/wire";

describe("wire values", () => {
  const marked = { endpoint: secret("hook"), nested: [{ key: secret({ deep: secret("x") }) }], open: 1 };

  it("reveals secrets at any depth", async () => {
    expect(await plain(marked)).to.deep.equal({
      endpoint: "hook",
      nested: [{ key: { deep: "x" } }],
      open: 1,
    });
  });

  it("awaits what an asset holds as a promise", async () => {
    expect(await plain({ assets: { "a.js": { text: Promise.resolve("a") } } })).to.deep.equal({
      assets: { "a.js": { text: "a" } },
    });
  });

  it("finds a secret at any depth, and none where there is none", () => {
    expect(holdsSecret(marked.nested)).to.equal(true);
    expect(holdsSecret({ a: [{ b: null }], c: "text" })).to.equal(false);
  });
});

describe("casing", () => {
  const pulumi = { id: "one", expiration: { days: 1 }, transitions: [{ storageClass: "GLACIER" }] };
  const api = { Id: "one", Expiration: { Days: 1 }, Transitions: [{ StorageClass: "GLACIER" }] };

  it("renames keys at any depth, both ways, and leaves values", () => {
    expect(toWire(pulumi)).to.deep.equal(api);
    expect(fromWire(api)).to.deep.equal(pulumi);
  });
});
