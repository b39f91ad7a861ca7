import { expect } from "chai";
import { advised } from "../../../local/resources/advice";

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe("errors of AWS", () => {
  it("say what to do if their own message does not", () => {
    const error = named(
      "MaximumNumberOfTrailsExceededException",
      "User: 111122223333 already has 5 trails in us-west-2.",
    );
    expect(advised(error).message).to.match(/^User: .* in us-west-2\. AWS allows five trails .*Delete one/);
    expect(advised(error)).to.include({ name: error.name, cause: error });
    expect(advised(named("BucketAlreadyExists", "no")).message).to.match(/^no\. .*cloudtrailer:bucketSuffix/);
  });

  it("stay as they are otherwise", () => {
    for (const name of ["AccessDenied", "constructor"]) {
      const error = named(name, "no");
      expect(advised(error)).to.equal(error);
    }
  });
});
