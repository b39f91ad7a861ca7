import { fixIamOidcProviderCreated } from "../../../../handlers/remediations/iam/iam-oidc-provider-created";
import { account, type Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const gone = failing("NoSuchEntityException");

describe("iam-oidc-provider-created", () => {
  const arn = `arn:aws:iam::${account}:oidc-provider/id.example.com`;
  const record = {
    eventName: "CreateOpenIDConnectProvider",
    requestParameters: { url: "https://id.example.com", clientIDList: ["b", "a"], thumbprintList: [] },
    responseElements: { openIDConnectProviderArn: arn },
  };
  const thumbprint = "a".repeat(40);
  const live = (answer: Answers[string]) => ({ aws: { "iam:GetOpenIDConnectProvider": answer } });
  const provider = { Url: "id.example.com", ClientIDList: ["a", "b"], ThumbprintList: [thumbprint] };

  it("deletes the provider, and would recreate it", async () => {
    expectPlan(
      await planned(fixIamOidcProviderCreated, record, live(provider)),
      [["DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn: arn }]],
      [
        [
          "CreateOpenIDConnectProvider",
          { Url: "https://id.example.com", ClientIDList: ["a", "b"], ThumbprintList: [thumbprint] },
        ],
      ],
    );
  });

  it("is already-ok when it is gone, and changed-since when it has other clients", async () => {
    expectOutcome(await planned(fixIamOidcProviderCreated, record, live(gone)), "already-ok");
    const other = live({ ...provider, ClientIDList: ["a", "b", "c"] });
    expectOutcome(await planned(fixIamOidcProviderCreated, record, other), "changed-since");
  });
});
