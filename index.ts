import { Cloudtrailer } from "./infra/cloudtrailer";
import { readConfig } from "./infra/config";
import { announce, readRules } from "./infra/rules/deployed-rules";

const own = readRules();
const config = readConfig(own);
announce(own, config);

const cloudtrailer = new Cloudtrailer("cloudtrailer", { config, own });

export const team = config.team;
export const mode = config.mode;
export const region = cloudtrailer.region;
export const account = cloudtrailer.account;
export const bucket = cloudtrailer.bucket;
export const trailName = cloudtrailer.trailName;
export const trailArn = cloudtrailer.trailArn;
export const logTopicArn = cloudtrailer.logTopicArn;
export const alertTopicArn = cloudtrailer.alertTopicArn;
export const findingsBusArn = cloudtrailer.findingsBusArn;
export const undeliveredQueueUrl = cloudtrailer.undeliveredQueueUrl;
export const watchTopicArn = cloudtrailer.watchTopicArn;
export const eventsTopicArn = cloudtrailer.eventsTopicArn;
export const dashboardName = cloudtrailer.dashboardName;
export const functionName = cloudtrailer.functionName;
export const functionArn = cloudtrailer.functionArn;
export const logGroup = cloudtrailer.logGroup;
export const roleName = cloudtrailer.roleName;
export const roleArn = cloudtrailer.roleArn;
export const tableName = cloudtrailer.tableName;
export const tableArn = cloudtrailer.tableArn;
export const failureQueueUrl = cloudtrailer.failureQueueUrl;
export const failureQueueArn = cloudtrailer.failureQueueArn;
export const reportsBucket = cloudtrailer.reportsBucket;
export const huntsArn = cloudtrailer.huntsArn;
export const athenaWorkgroup = cloudtrailer.athenaWorkgroup;
