import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { unusualTypesIn } from "../readers/instance-types";

export const sagemakerWorkloadStarted: Detection = {
  id: "sagemaker-workload-started",
  title: "SageMaker notebook, job or endpoint created",
  severity: "medium",
  attack: { technique: "T1496.001" },
  tier: "extended",
  noise: "work",
  events: [
    "sagemaker:CreateAutoMLJob",
    "sagemaker:CreateAutoMLJobV2",
    "sagemaker:CreateCluster",
    "sagemaker:CreateDomain",
    "sagemaker:CreateEndpoint",
    "sagemaker:CreateEndpointConfig",
    "sagemaker:CreateHyperParameterTuningJob",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:CreatePresignedDomainUrl",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateStudioLifecycleConfig",
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateTransformJob",
    "sagemaker:StartNotebookInstance",
    "sagemaker:UpdateNotebookInstance",
    "sagemaker:UpdateNotebookInstanceLifecycleConfig",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      [
        "notebookInstanceName",
        "notebookInstanceLifecycleConfigName",
        "instanceType",
        "roleArn",
        "trainingJobName",
        "processingJobName",
        "endpointName",
        "endpointConfigName",
        "domainName",
        "domainId",
      ],
      [
        ...named(record, "AWS::SageMaker::NotebookInstance", "notebookInstanceName"),
        ...named(
          record,
          "AWS::SageMaker::NotebookInstanceLifecycleConfig",
          "notebookInstanceLifecycleConfigName",
        ),
        ...named(record, "AWS::SageMaker::TrainingJob", "trainingJobName"),
        ...named(record, "AWS::SageMaker::Endpoint", "endpointName"),
        ...named(record, "AWS::SageMaker::Domain", "domainId"),
      ],
    );
    const unusual = unusualTypesIn(record);
    if (match && unusual.length > 0) {
      match.evidence.push(...unusual);
      match.severity = "high";
    }
    return match;
  },
  runbook: [
    "Ask the actor what it computes; a notebook is a shell with the permissions of its role, and its lifecycle configuration runs as root.",
    "Stop the notebook or job if nobody can explain it, and read its lifecycle configuration.",
    "Look in every region for more by the same actor, and check the day's cost.",
  ],
  falsePositives: ["Data scientists starting their work."],
  references: [
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedNotebookInstanceUrl.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html",
  ],
};
