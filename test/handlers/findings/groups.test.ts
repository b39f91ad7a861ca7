import { expect } from "chai";
import { inGroups } from "../../../handlers/findings/groups";
import { aFinding, aRecord } from "../../support/factories";

describe("inGroups", () => {
  const about = (eventID: string, eventTime: string, ...ids: string[]) =>
    aFinding(
      { id: eventID, match: { evidence: [], resources: ids.map((id) => ({ type: "AWS::S3::Bucket", id })) } },
      aRecord({ eventID, eventTime: `2026-05-04T10:00:${eventTime}Z` }),
    );
  const groupsOf = (...findings: ReturnType<typeof about>[]) =>
    inGroups(findings).map((group) => group.map(({ id }) => id));

  it("separates findings about different resources, and about unknown ones", () => {
    expect(
      groupsOf(about("1", "01", "data"), about("2", "02", "logs"), about("3", "03"), about("4", "04")),
    ).to.deep.equal([["1"], ["2"], ["3"], ["4"]]);
  });

  it("groups findings about one resource, in the order of the calls", () => {
    expect(
      groupsOf(
        about("3", "09", "data"),
        about("x", "02", "logs"),
        about("1", "01", "data"),
        about("2", "05", "data"),
      ),
    ).to.deep.equal([["1", "2", "3"], ["x"]]);
  });

  it("keeps calls within one second in the order of the log file", () => {
    expect(groupsOf(about("b", "01", "data"), about("a", "01", "data"))).to.deep.equal([["b", "a"]]);
  });

  it("recognizes a resource by its name and by its ARN", () => {
    const arn = "arn:aws:cloudtrail:us-west-2:111122223333:trail/main";
    const topic = "arn:aws:sns:us-west-2:111122223333:alerts";
    expect(
      groupsOf(
        about("1", "01", arn),
        about("2", "02", topic),
        about("3", "03", "main"),
        about("4", "04", "alerts"),
      ),
    ).to.deep.equal([
      ["1", "3"],
      ["2", "4"],
    ]);
  });

  it("merges groups if a finding is about resources of all of them", () => {
    expect(
      groupsOf(
        about("3", "03", "data"),
        about("1", "01", "logs"),
        about("2", "02", "logs", "data"),
        about("5", "05", "logs"),
        about("4", "04", "data"),
      ),
    ).to.deep.equal([["1", "2", "3", "4", "5"]]);
  });
});
