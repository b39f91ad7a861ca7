import { type Cases, byAutomation, byService, call, repeated } from "../support/cases";

const hits = [
  call("iam:DeletePolicy", { policyArn: "arn:aws:iam::111122223333:policy/p" }),
  call("iam:DeleteRole", { roleName: "r" }),
  call("amplify:DeleteApp", { appId: "d1" }),
  call("ec2:DeleteNatGateway", { DeleteNatGatewayRequest: { NatGatewayId: "nat-1" } }),
  call("ec2:DeleteTransitGateway", { DeleteTransitGatewayRequest: { TransitGatewayId: "tgw-1" } }),
  call("elasticbeanstalk:TerminateEnvironment", { environmentName: "web" }),
  call("lightsail:DeleteInstance", { instanceName: "i" }),
  call("ssm:DeleteDocument", { name: "Patch" }),
  call("apigateway:DeleteApi", { apiId: "a1" }),
  call("apigateway:DeleteRestApi", { restApiId: "a1" }),
  call("autoscaling:DeleteAutoScalingGroup", { autoScalingGroupName: "g" }),
  call("cloudformation:DeleteStack", { stackName: "app" }),
  call("cloudfront:DeleteDistribution", { id: "E1" }),
  call("codecommit:DeleteRepository", { repositoryName: "r" }),
  call("cognito-idp:DeleteUserPool", { userPoolId: "eu-west-1_a" }),
  call("dynamodb:DeleteTable", { tableName: "orders" }),
  call("ec2:DeleteKeyPair", { keyName: "k" }),
  call("ec2:DeleteLaunchTemplate", { DeleteLaunchTemplateRequest: { LaunchTemplateId: "lt-1" } }),
  call("ec2:DeleteVpc", { vpcId: "vpc-1" }),
  call("ecr:BatchDeleteImage", { repositoryName: "r", imageIds: [] }),
  call("ecr:DeleteRepository", { repositoryName: "r" }),
  call("ecs:DeleteCluster", { cluster: "c" }),
  call("ecs:DeleteService", { cluster: "c", service: "s" }),
  call("eks:DeleteCluster", { name: "c" }),
  call("eks:DeleteNodegroup", { name: "c", nodegroupName: "n" }),
  call("elasticloadbalancing:DeleteLoadBalancer", {
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1",
  }),
  call("lambda:DeleteFunction", { functionName: "f" }),
  call("route53:DeleteHostedZone", { id: "Z1" }),
  call("s3:DeleteBucket", { bucketName: "b" }),
  call("sagemaker:DeleteEndpoint", { endpointName: "e" }),
  call("sagemaker:DeleteNotebookInstance", { notebookInstanceName: "n" }),
  call("secretsmanager:DeleteSecret", { secretId: "s" }),
  call("sns:DeleteTopic", { topicArn: "arn:aws:sns:eu-west-1:111122223333:t" }),
  call("sqs:DeleteQueue", { queueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/q" }),
  call("states:DeleteStateMachine", {
    stateMachineArn: "arn:aws:states:eu-west-1:111122223333:stateMachine:s",
  }),
].map((record) => ({
  name: `${record.eventSource} ${record.eventName}`,
  record,
  evidence: "requestParameters",
}));
const one = call("lambda:DeleteFunction20150331", { functionName: "f" });
const many = (count: number) =>
  repeated(one, count, 10, (index) => ({ requestParameters: { functionName: `f${index}` } }));

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits)],
  bursts: [
    { name: "twenty functions", records: many(20), findings: 1 },
    {
      name: "of every kind one",
      records: hits.map(({ record }, index) => ({ ...record, eventID: `e${index}` })),
      findings: 1,
    },
    { name: "nineteen functions", records: many(19), findings: 0 },
    { name: "one again and again", records: repeated(one, 40, 10), findings: 0 },
  ],
};
