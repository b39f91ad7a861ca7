import { fixIamSamlProviderChanged } from "../../../../handlers/remediations/iam/iam-saml-provider-changed";
import { account, type Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, type Given, planned } from "../../../support/planning";

const gone = failing("NoSuchEntityException");

describe("iam-saml-provider-changed", () => {
  const arn = `arn:aws:iam::${account}:saml-provider/theirs`;
  const metadata = `<EntityDescriptor>${"x".repeat(1_000)}</EntityDescriptor>`;
  const record = {
    eventName: "CreateSAMLProvider",
    requestParameters: { name: "theirs", sAMLMetadataDocument: metadata },
    responseElements: { sAMLProviderArn: arn },
  };
  const live = (answer: Answers[string]) => ({ aws: { "iam:GetSAMLProvider": answer } });

  it("deletes the provider, and would recreate it", async () => {
    expectPlan(
      await planned(fixIamSamlProviderChanged, record, live({ SAMLMetadataDocument: metadata })),
      [["DeleteSAMLProvider", { SAMLProviderArn: arn }]],
      [["CreateSAMLProvider", { Name: "theirs", SAMLMetadataDocument: metadata }]],
    );
  });

  it("otherwise says why not", async () => {
    const plan = (given: Given, own: object = {}) =>
      planned(fixIamSamlProviderChanged, { ...record, ...own }, given);
    expectOutcome(await plan(live(gone)), "already-ok");
    expectOutcome(await plan(live({ SAMLMetadataDocument: `${metadata} ` })), "changed-since");
    const secret = { SAMLMetadataDocument: metadata, PrivateKeyList: [{ KeyId: "k" }] };
    expectOutcome(await plan(live(secret)), "refused");
    expectOutcome(await plan(live({ SAMLMetadataDocument: "x".repeat(200_000) })), "refused");
    expectOutcome(await plan({}, { eventName: "UpdateSAMLProvider" }), "needs-baseline");
  });
});
