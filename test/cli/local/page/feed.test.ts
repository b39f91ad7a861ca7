import { expect } from "chai";
import { createFeed, type PageEvent } from "../../../../cli/local/page/feed";

describe("the feed of the local page", () => {
  it("gives a page what was before it, and what follows, each once", () => {
    const feed = createFeed(() => 0);
    feed.add("call", "a");
    const seen: PageEvent[] = [];
    const stop = feed.follow(0, (event) => seen.push(event));
    feed.add("watch", "b");
    stop();
    feed.add("error", "c");
    expect(seen.map(({ number, text }) => `${number}${text}`)).to.deep.equal(["1a", "2b"]);
    const again: string[] = [];
    feed.follow(2, ({ text }) => again.push(text))();
    expect(again).to.deep.equal(["c"]);
  });

  it("keeps the last 500", () => {
    const feed = createFeed();
    for (let i = 1; i <= 600; i++) feed.add("call", String(i));
    const kept: string[] = [];
    feed.follow(0, ({ text }) => kept.push(text));
    expect([kept.length, kept[0], kept.at(-1)]).to.deep.equal([500, "101", "600"]);
  });
});
