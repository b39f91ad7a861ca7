import { expect } from "chai";
import { whyOnlyAlert } from "../../../handlers/findings/eligibility";
import { aFinding, aMinuteLater, aRecord } from "../../support/factories";

describe("whyOnlyAlert", () => {
  const why = (record: Parameters<typeof aRecord>[0], now = aMinuteLater) =>
    whyOnlyAlert(aFinding({}, aRecord(record)), 60, now);

  it("lets a recent successful call be fixed", () => {
    expect(why({})).to.equal(undefined);
  });

  it("does not fix what failed", () => {
    expect(why({ errorCode: "AccessDenied" })).to.match(/failed/);
    expect(why({ errorMessage: "Failed authentication" })).to.match(/failed/);
  });

  it("contains the actor of a denied call, and not of one that failed for another reason", () => {
    const contained = (errorCode: string) =>
      whyOnlyAlert(aFinding({}, aRecord({ errorCode })), 60, aMinuteLater, true);
    for (const errorCode of ["AccessDenied", "Client.UnauthorizedOperation"])
      expect(contained(errorCode), errorCode).to.equal(undefined);
    for (const errorCode of ["Client.AuthFailure", "InvalidInstanceID.NotFound"])
      expect(contained(errorCode), errorCode).to.match(/failed/);
  });

  it("does not fix what CloudTrail left out", () => {
    const requestParameters = { omitted: true, reason: "requestParameters too large" };
    expect(why({ requestParameters })).to.match(/omitted the requestParameters/);
    expect(why({ responseElements: { omitted: true } })).to.match(/omitted the responseElements/);
  });

  it("does not fix what a detection could not inspect", () => {
    const match = { evidence: [], resources: [], couldNotInspect: "userData is redacted" };
    expect(whyOnlyAlert(aFinding({ match }), 60, aMinuteLater)).to.match(/userData is redacted/);
  });

  it("does not fix an addendum of an older event", () => {
    expect(why({ addendum: { reason: "DELIVERY_DELAY" } })).to.match(/corrects or repeats/);
  });

  it("does not fix what is older than the limit, or of unknown age", () => {
    const minute = 60_000;
    const calledAt = aMinuteLater - minute;
    expect(why({}, calledAt + 60 * minute)).to.equal(undefined);
    expect(why({}, calledAt + 61 * minute)).to.match(/61 minutes ago/);
    expect(why({ eventTime: "yesterday" })).to.match(/no event time/);
  });

  it("reads a time with a space and without a zone as UTC", () => {
    expect(why({ eventTime: "2026-05-04 10:00:00" })).to.equal(undefined);
  });
});
