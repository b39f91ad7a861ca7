import { expect } from "chai";
import { detections } from "../../../handlers/detections/index";
import { wantedOf } from "../../../handlers/detections/wanted";
import { emptyContext } from "./support/cases";

describe("what the reader of log files must pass on", () => {
  const namesOf = (others?: string[]) =>
    wantedOf(detections, emptyContext, others).events.map(({ name }) => name);

  it("has the names of all events of all detections, and nothing twice", () => {
    const names = namesOf();
    expect(names).include.members(["StopLogging", "AddPermission"]);
    expect(names).not.include("*");
    expect(new Set(names).size).equal(names.length);
  });

  it("has a hint for each detection on every event", () => {
    const { hints } = wantedOf(detections, { ...emptyContext, allowedRegions: ["eu-west-1"] });
    expect(hints.map((hint) => hint?.field)).include.members(["userIdentity", "readOnly"]);
    expect(hints.length).equal(detections.filter(({ events }) => events.includes("*")).length);
  });

  it("has nothing for a detection that cannot match without configuration", () => {
    const { hints } = wantedOf(detections, emptyContext);
    expect(hints.map((hint) => hint?.field)).not.include("readOnly");
  });

  it("has only some records of frequent events if nobody wants them all", () => {
    const { events } = wantedOf(detections, emptyContext, ["CreateQueue", "Other"]);
    const textsOf = (event: string) => events.find(({ name }) => name === event)?.inParameters;
    expect(textsOf("PutObject")).include.members([
      "x-amz-server-side-encryption-customer-algorithm",
      "omitted",
    ]);
    expect(textsOf("CopyObject")).deep.equal(textsOf("PutObject"));
    expect(textsOf("CreateTopic")).include("olicy");
    // Somebody else wants every one; and so does a detection, for events of lambda and sqs with one name.
    for (const event of ["CreateQueue", "Other", "AddPermission", "StopLogging"]) {
      expect(events.map(({ name }) => name)).include(event);
      expect(textsOf(event)).equal(undefined);
    }
  });
});
