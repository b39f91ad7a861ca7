import { canonicalJson } from "../../json";
import type { Detection } from "../detection";
import { eventOf } from "../../cloudtrail/record";
import { isByHand } from "../readers/by-hand";
import { evidenceAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";

export const resourcesMassDeleted: Detection = {
  id: "resources-mass-deleted",
  title: "Many resources of the account deleted",
  severity: "high",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "work",
  events: [
    "amplify:DeleteApp",
    "apigateway:DeleteApi",
    "apigateway:DeleteRestApi",
    "autoscaling:DeleteAutoScalingGroup",
    "cloudformation:DeleteStack",
    "cloudfront:DeleteDistribution",
    "codecommit:DeleteRepository",
    "cognito-idp:DeleteUserPool",
    "dynamodb:DeleteTable",
    "ec2:DeleteKeyPair",
    "ec2:DeleteLaunchTemplate",
    "ec2:DeleteNatGateway",
    "ec2:DeleteTransitGateway",
    "ec2:DeleteVpc",
    "ecr:BatchDeleteImage",
    "ecr:DeleteRepository",
    "ecs:DeleteCluster",
    "ecs:DeleteService",
    "eks:DeleteCluster",
    "eks:DeleteNodegroup",
    "elasticbeanstalk:TerminateEnvironment",
    "elasticloadbalancing:DeleteLoadBalancer",
    "iam:DeletePolicy",
    "iam:DeleteRole",
    "lambda:DeleteFunction",
    "lightsail:DeleteInstance",
    "route53:DeleteHostedZone",
    "s3:DeleteBucket",
    "sagemaker:DeleteEndpoint",
    "sagemaker:DeleteNotebookInstance",
    "secretsmanager:DeleteSecret",
    "sns:DeleteTopic",
    "sqs:DeleteQueue",
    "ssm:DeleteDocument",
    "states:DeleteStateMachine",
  ],
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 20,
    countedBy: principalKeyOf,
    distinct: (record) => [`${eventOf(record)} ${canonicalJson(record.requestParameters ?? record.eventID)}`],
  },
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    return { evidence: evidenceAt(record, "eventSource", "eventName", "requestParameters"), resources: [] };
  },
  runbook: [
    "Ask the actor whether this was intended; if not, revoke their permissions at once, while something is left.",
    "List what was deleted, from that hour's records, and what can be restored: stacks from their templates, secrets within their recovery window, data from backups.",
    "Look for what the same actor read before, and for a ransom note.",
  ],
  falsePositives: ["An environment that is torn down by hand."],
  references: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html",
    "https://repost.aws/knowledge-center/potential-account-compromise",
  ],
};
