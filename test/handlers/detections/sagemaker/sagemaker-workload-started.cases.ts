import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "what runs at start in a studio",
    record: call("sagemaker:CreateStudioLifecycleConfig", { studioLifecycleConfigName: "init" }),
  },
  { name: "sagemaker CreateAutoMLJob", record: call("sagemaker:CreateAutoMLJob", { autoMLJobName: "j" }) },
  {
    name: "sagemaker CreateAutoMLJobV2",
    record: call("sagemaker:CreateAutoMLJobV2", { autoMLJobName: "j" }),
  },
  { name: "sagemaker CreateCluster", record: call("sagemaker:CreateCluster", { clusterName: "c" }) },
  {
    name: "sagemaker CreateHyperParameterTuningJob",
    record: call("sagemaker:CreateHyperParameterTuningJob", { hyperParameterTuningJobName: "j" }),
  },
  {
    name: "sagemaker CreateTransformJob",
    record: call("sagemaker:CreateTransformJob", { transformJobName: "j" }),
  },
  {
    name: "a notebook",
    record: call("sagemaker:CreateNotebookInstance", {
      notebookInstanceName: "lab",
      instanceType: "ml.t3.medium",
      roleArn: "arn:aws:iam::111122223333:role/lab",
    }),
    evidence: "requestParameters.roleArn",
    resources: ["lab"],
  },
  {
    name: "a notebook with accelerators",
    record: call("sagemaker:CreateNotebookInstance", {
      notebookInstanceName: "lab",
      instanceType: "ml.p3.2xlarge",
    }),
    severity: "high",
  },
  {
    name: "a login",
    record: call("sagemaker:CreatePresignedNotebookInstanceUrl", { notebookInstanceName: "lab" }),
    resources: ["lab"],
  },
  {
    name: "what runs at start",
    record: call("sagemaker:CreateNotebookInstanceLifecycleConfig", {
      notebookInstanceLifecycleConfigName: "init",
    }),
  },
  {
    name: "what runs at start, changed",
    record: call("sagemaker:UpdateNotebookInstanceLifecycleConfig", {
      notebookInstanceLifecycleConfigName: "init",
    }),
    resources: ["init"],
  },
  {
    name: "a notebook changed",
    record: call("sagemaker:UpdateNotebookInstance", { notebookInstanceName: "lab" }),
  },
  {
    name: "a notebook started",
    record: call("sagemaker:StartNotebookInstance", { notebookInstanceName: "lab" }),
  },
  { name: "training", record: call("sagemaker:CreateTrainingJob", { trainingJobName: "t" }) },
  { name: "processing", record: call("sagemaker:CreateProcessingJob", { processingJobName: "p" }) },
  {
    name: "an endpoint",
    record: call("sagemaker:CreateEndpoint", { endpointName: "e", endpointConfigName: "c" }),
  },
  { name: "its configuration", record: call("sagemaker:CreateEndpointConfig", { endpointConfigName: "c" }) },
  { name: "a domain", record: call("sagemaker:CreateDomain", { domainName: "studio" }) },
  {
    name: "a login to a domain",
    record: call("sagemaker:CreatePresignedDomainUrl", { domainId: "d-1", userProfileName: "a" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
