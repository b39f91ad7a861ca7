import type { BaselineKind } from "../../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixConfigRecorderOrChannelDeleted } from "../../../../handlers/remediations/config/config-recorder-or-channel-deleted";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("config-recorder-or-channel-deleted", () => {
  const role = "arn:aws:iam::111122223333:role/config";
  const deleted: Record<
    string,
    {
      parameters: Record<string, unknown>;
      kind: BaselineKind;
      id: string;
      describe: string;
      list: string;
      gone: string;
      before: Record<string, unknown>;
      more?: Record<string, unknown>;
      aws?: Answers;
      calls: unknown[];
      rollback: unknown[];
    }
  > = {
    DeleteConfigurationRecorder: {
      parameters: { configurationRecorderName: "default" },
      kind: baselineKinds.configRecorder,
      id: "default",
      describe: "DescribeConfigurationRecorders",
      list: "ConfigurationRecorders",
      gone: "NoSuchConfigurationRecorderException",
      before: {
        arn: "arn:aws:config:eu-west-1:111122223333:configuration-recorder/default/x",
        name: "default",
        roleARN: role,
        recordingGroup: { allSupported: true },
      },
      more: { DescribeConfigurationRecorderStatus: { ConfigurationRecordersStatus: [{ recording: true }] } },
      aws: { "configservice:DescribeDeliveryChannels": { DeliveryChannels: [{ name: "default" }] } },
      calls: [
        [
          "PutConfigurationRecorder",
          {
            ConfigurationRecorder: { name: "default", roleARN: role, recordingGroup: { allSupported: true } },
          },
        ],
        ["StartConfigurationRecorder", { ConfigurationRecorderName: "default" }],
      ],
      rollback: [["DeleteConfigurationRecorder", { ConfigurationRecorderName: "default" }]],
    },
    DeleteDeliveryChannel: {
      parameters: { deliveryChannelName: "default" },
      kind: baselineKinds.configChannel,
      id: "default",
      describe: "DescribeDeliveryChannels",
      list: "DeliveryChannels",
      gone: "NoSuchDeliveryChannelException",
      before: { name: "default", s3BucketName: "config-history" },
      calls: [
        ["PutDeliveryChannel", { DeliveryChannel: { name: "default", s3BucketName: "config-history" } }],
      ],
      rollback: [["DeleteDeliveryChannel", { DeliveryChannelName: "default" }]],
    },
    DeleteConfigRule: {
      parameters: { configRuleName: "mfa" },
      kind: baselineKinds.configRule,
      id: "mfa",
      describe: "DescribeConfigRules",
      list: "ConfigRules",
      gone: "NoSuchConfigRuleException",
      before: {
        ConfigRuleName: "mfa",
        ConfigRuleArn: "arn:aws:config:eu-west-1:111122223333:config-rule/config-rule-x",
        ConfigRuleId: "config-rule-x",
        Source: { Owner: "AWS", SourceIdentifier: "IAM_USER_MFA_ENABLED" },
        ConfigRuleState: "ACTIVE",
      },
      calls: [
        [
          "PutConfigRule",
          {
            ConfigRule: {
              ConfigRuleName: "mfa",
              Source: { Owner: "AWS", SourceIdentifier: "IAM_USER_MFA_ENABLED" },
            },
          },
        ],
      ],
      rollback: [["DeleteConfigRule", { ConfigRuleName: "mfa" }]],
    },
    DeleteRemediationConfiguration: {
      parameters: { configRuleName: "mfa" },
      kind: baselineKinds.configRemediation,
      id: "mfa",
      describe: "DescribeRemediationConfigurations",
      list: "RemediationConfigurations",
      gone: "NoSuchRemediationConfigurationException",
      before: {
        ConfigRuleName: "mfa",
        TargetType: "SSM_DOCUMENT",
        TargetId: "AWS-Mend",
        Arn: "arn:aws:config:eu-west-1:111122223333:remediation-configuration/mfa/x",
      },
      calls: [
        [
          "PutRemediationConfigurations",
          {
            RemediationConfigurations: [
              { ConfigRuleName: "mfa", TargetType: "SSM_DOCUMENT", TargetId: "AWS-Mend" },
            ],
          },
        ],
      ],
      rollback: [["DeleteRemediationConfiguration", { ConfigRuleName: "mfa" }]],
    },
    DeleteRetentionConfiguration: {
      parameters: { retentionConfigurationName: "default" },
      kind: baselineKinds.configRetention,
      id: "default",
      describe: "DescribeRetentionConfigurations",
      list: "RetentionConfigurations",
      gone: "NoSuchRetentionConfigurationException",
      before: { Name: "default", RetentionPeriodInDays: 400 },
      calls: [["PutRetentionConfiguration", { RetentionPeriodInDays: 400 }]],
      rollback: [["DeleteRetentionConfiguration", { RetentionConfigurationName: "default" }]],
    },
  };

  for (const [eventName, one] of Object.entries(deleted)) {
    const record = { eventName, awsRegion, requestParameters: one.parameters };
    const missing = { ...one.aws, [`configservice:${one.describe}`]: failing(one.gone) };
    const baselines = kept(one.kind, awsRegion, one.id, {
      [one.describe]: { [one.list]: [one.before] },
      ...one.more,
    });

    describe(eventName, () => {
      it("recreates it from the baseline", async () => {
        // A recorder asks for channels too; the answer for its own kind is that it is gone.
        expectPlan(
          await planned(fixConfigRecorderOrChannelDeleted, record, { aws: missing, baselines }),
          one.calls,
          one.rollback,
        );
      });

      it("needs a baseline, and is already-ok when there is one again", async () => {
        expectOutcome(
          await planned(fixConfigRecorderOrChannelDeleted, record, { aws: missing }),
          "needs-baseline",
        );
        const live = { [`configservice:${one.describe}`]: { [one.list]: [one.before] } };
        expectOutcome(
          await planned(fixConfigRecorderOrChannelDeleted, record, { aws: live, baselines }),
          "already-ok",
        );
      });
    });
  }

  it("does not start a recorder that has nowhere to deliver to", async () => {
    const one = deleted.DeleteConfigurationRecorder!;
    expectPlan(
      await planned(
        fixConfigRecorderOrChannelDeleted,
        { eventName: "DeleteConfigurationRecorder", awsRegion, requestParameters: one.parameters },
        {
          aws: {
            "configservice:DescribeConfigurationRecorders": failing(one.gone),
            "configservice:DescribeDeliveryChannels": { DeliveryChannels: [] },
          },
          baselines: kept(one.kind, awsRegion, one.id, {
            DescribeConfigurationRecorders: { ConfigurationRecorders: [one.before] },
            ...one.more,
          }),
        },
      ),
      one.calls.slice(0, 1),
      one.rollback,
    );
  });

  it("refuses an event that deletes nothing", async () => {
    expectOutcome(
      await planned(fixConfigRecorderOrChannelDeleted, { eventName: "PutConfigRule", awsRegion }),
      "refused",
    );
  });
});
