import { fieldsOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isTrue } from "../../cloudtrail/parameters";

export const consoleLoginWithoutMfa: Detection = {
  id: "console-login-without-mfa",
  title: "Console login without MFA",
  severity: "high",
  attack: { technique: "T1078.004" },
  tier: "core",
  noise: "rare",
  events: ["signin:ConsoleLogin"],
  remediation: "alert",
  match(record) {
    const identity = fieldsOf(record.userIdentity);
    // For roles and federated users, MFA is up to the identity provider, and the record does not show it.
    if (identity.type !== "IAMUser" && identity.type !== "Root") return undefined;
    const more = fieldsOf(record.additionalEventData);
    const usedMfa =
      more.MFAUsed === "Yes" ||
      isTrue(valueAt(record, "userIdentity.sessionContext.attributes.mfaAuthenticated"));
    if (usedMfa || (more.SamlProviderArn ?? "") !== "") return undefined;
    return {
      evidence: evidenceAt(record, "additionalEventData.MFAUsed", "userIdentity.type", "sourceIPAddress"),
      resources: resourcesOf("AWS::IAM::User", identity.userName ?? identity.arn),
    };
  },
  runbook: [
    "Ask the user, not by e-mail, whether they signed in at that time from that address.",
    "If not, delete the login profile, deactivate the keys and deny the user everything; a console session cannot be ended otherwise.",
    "Register an MFA device for the user, and deny everything but that without one (aws:MultiFactorAuthPresent).",
  ],
  falsePositives: ["The first login of a new user, before a device is registered."],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html",
  ],
};
