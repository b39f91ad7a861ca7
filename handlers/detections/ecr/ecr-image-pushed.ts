import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ecrImagePushed: Detection = {
  id: "ecr-image-pushed",
  title: "Container image pushed",
  severity: "low",
  attack: { technique: "T1525" },
  tier: "extended",
  noise: "work",
  events: ["ecr-public:PutImage", "ecr:CreateRepository", "ecr:PutImage"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["repositoryName", "imageTag", "imageDigest", "responseElements.image.imageId"],
      named(record, "AWS::ECR::Repository", "repositoryName"),
    ),
  runbook: [
    "Ask the actor what is in the image: whatever runs this tag next, runs it.",
    "Compare its digest with that of the last build, and delete it (BatchDeleteImage) if nobody can explain it.",
    "Look at what was started with it since then; make tags immutable.",
  ],
  falsePositives: ["A pipeline or developer pushing for the first time."],
  references: [
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
  ],
};
