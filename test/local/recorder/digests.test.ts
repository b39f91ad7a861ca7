import { expect } from "chai";
import { digestKey, signedText } from "../../../local/recorder/digests";
import { account } from "./support";

describe("digests", () => {
  it("have the service's keys", () => {
    const trail = { name: "your-trail-name", homeRegion: "us-east-2" };
    const end = new Date("2015-08-17T15:01:31.900Z");
    const key =
      "AWSLogs/111122223333/CloudTrail-Digest/us-west-1/2015/08/17/" +
      "111122223333_CloudTrail-Digest_us-west-1_your-trail-name_us-east-2_20150817T150131Z.json.gz";
    expect(digestKey(trail, account, "us-west-1", end)).to.equal(key);
    expect(digestKey({ ...trail, prefix: "a/b" }, account, "us-west-1", end)).to.equal(`a/b/${key}`);
  });

  it("are signed over their end, place and hash, and the signature before", () => {
    const place = { bucket: "b", key: "k" };
    expect(signedText("2015-08-17T15:01:31Z", place, "aa", "ff")).to.equal(
      "2015-08-17T15:01:31Z\nb/k\naa\nff",
    );
    expect(signedText("2015-08-17T15:01:31Z", place, "aa", null)).to.match(/\naa\nnull$/);
  });
});
