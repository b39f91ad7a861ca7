// Generated from the files of this folder by `npm run docs`.
import type { BaselineKind } from "../baseline";
import { bucketAcl } from "./bucket-acl";
import { bucketEncryption } from "./bucket-encryption";
import { bucketLifecycle } from "./bucket-lifecycle";
import { bucketLogging } from "./bucket-logging";
import { bucketPolicy } from "./bucket-policy";
import { bucketPublicAccess } from "./bucket-public-access";
import { bucketReplication } from "./bucket-replication";
import { bucketVersioning } from "./bucket-versioning";
import { cluster } from "./cluster";
import { configChannel } from "./config-channel";
import { configRecorder } from "./config-recorder";
import { configRemediation } from "./config-remediation";
import { configRetention } from "./config-retention";
import { configRule } from "./config-rule";
import { databaseCluster } from "./database-cluster";
import { databaseInstance } from "./database-instance";
import { ebsEncryption } from "./ebs-encryption";
import { eventRule } from "./event-rule";
import { flowLog } from "./flow-log";
import { groupPolicy } from "./group-policy";
import { invocationLogging } from "./invocation-logging";
import { key } from "./key";
import { managedPolicy } from "./managed-policy";
import { networkAcl } from "./network-acl";
import { passwordPolicy } from "./password-policy";
import { queuePolicy } from "./queue-policy";
import { registryPolicy } from "./registry-policy";
import { repositoryPolicy } from "./repository-policy";
import { role } from "./role";
import { rolePolicy } from "./role-policy";
import { secretPolicy } from "./secret-policy";
import { securityGroupRule } from "./security-group-rule";
import { serialConsole } from "./serial-console";
import { topicPolicy } from "./topic-policy";
import { trail } from "./trail";
import { user } from "./user";
import { userPolicy } from "./user-policy";
import { webAclAssociation } from "./web-acl-association";
import { webAclLogging } from "./web-acl-logging";

/** Every kind of resource that baselines can be kept of, by name. */
export const baselineKinds = {
  bucketAcl,
  bucketEncryption,
  bucketLifecycle,
  bucketLogging,
  bucketPolicy,
  bucketPublicAccess,
  bucketReplication,
  bucketVersioning,
  cluster,
  configChannel,
  configRecorder,
  configRemediation,
  configRetention,
  configRule,
  databaseCluster,
  databaseInstance,
  ebsEncryption,
  eventRule,
  flowLog,
  groupPolicy,
  invocationLogging,
  key,
  managedPolicy,
  networkAcl,
  passwordPolicy,
  queuePolicy,
  registryPolicy,
  repositoryPolicy,
  role,
  rolePolicy,
  secretPolicy,
  securityGroupRule,
  serialConsole,
  topicPolicy,
  trail,
  user,
  userPolicy,
  webAclAssociation,
  webAclLogging,
} satisfies Record<string, BaselineKind>;

/** One of {@link baselineKinds}. */
export type BaselineName = keyof typeof baselineKinds;
