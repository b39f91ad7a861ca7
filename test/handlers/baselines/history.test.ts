import { expect } from "chai";
import { fitted, type History, stateBefore, withMoment } from "../../../handlers/baselines/history";

const state = (name: string) => ({ GetTrail: { Trail: { Name: name } } });
const look = (at: number, name: string) => ({ at, state: state(name) });
const change = (at: number, by: string) => ({ at, by });
const historyOf = (...moments: History) => moments.reduce(withMoment, [] as History);

describe("the history of a resource", () => {
  it("knows the last snapshot before an event, and never a later one", () => {
    const history = historyOf(look(10, "good"), look(20, "attacker's"));
    expect(stateBefore(history, 15, "mallory")).to.deep.equal(state("good"));
    expect(stateBefore(history, 25, "mallory")).to.deep.equal(state("attacker's"));
  });

  it("does not take a snapshot at the time of the event for an earlier one", () => {
    const history = historyOf(look(10, "good"), look(20, "attacker's"));
    expect(stateBefore(history, 20, "mallory")).to.deep.equal(state("good"));
    expect(stateBefore(history, 10, "mallory")).to.equal(undefined);
    expect(stateBefore(history, Number.NaN, "mallory")).to.equal(undefined);
  });

  it("does not go back past an unseen change by somebody else", () => {
    const history = historyOf(look(10, "good"), change(20, "alice"));
    expect(stateBefore(history, 15, "mallory")).to.deep.equal(state("good"));
    expect(stateBefore(history, 25, "mallory")).to.equal(undefined);
    expect(stateBefore(historyOf(...history, look(30, "alice's")), 35, "mallory")).to.deep.equal(
      state("alice's"),
    );
  });

  it("goes back past what the attackers themselves had set just before", () => {
    const history = historyOf(look(10, "good"), change(20, "mallory"));
    expect(stateBefore(history, 25, "mallory")).to.deep.equal(state("good"));
    expect(stateBefore(historyOf(...history, change(22, "alice")), 25, "mallory")).to.equal(undefined);
  });

  it("is the same whatever the order of its moments", () => {
    const moments = [look(10, "a"), change(15, "alice"), look(20, "b"), look(30, "a")];
    const inOrder = historyOf(...moments);
    expect(historyOf(...[...moments].reverse())).to.deep.equal(inOrder);
    expect(historyOf(...moments, ...moments)).to.deep.equal(inOrder);
  });

  it("does not grow if nothing new is seen, whatever the order of keys", () => {
    const first = { at: 10, state: { A: { one: 1, two: 2 } } };
    const again = { at: 20, state: { A: { two: 2, one: 1 } } };
    expect(historyOf(first, again)).to.deep.equal([first]);
    expect(historyOf(again, first)).to.deep.equal([first]);
    expect(historyOf(change(1, "a"), change(2, "b"), change(3, "a"))).to.have.length(2);
  });

  it("is bounded in number and size, and keeps the newest", () => {
    const many = Array.from({ length: 50 }, (_, index) => look(index, `s${index}`));
    const kept = fitted(historyOf(...many));
    expect(kept).to.have.length(20);
    expect(kept.at(-1)).to.deep.equal(many.at(-1));
    const large = Array.from({ length: 10 }, (_, index) => look(index, `${index}`.repeat(30_000)));
    const small = fitted(large);
    expect(JSON.stringify(small).length).to.be.at.most(100_000);
    expect(small.at(-1)).to.deep.equal(large.at(-1));
  });
});
