/**
 * Everything that a rule in `own/` is written with: `import { … } from "cloudtrailer/rule"`.
 */

// The rule itself, and its examples.
export type { NarrowPermission, Permission, Rule, RuleEvent, RuleFix } from "./rule";
export type {
  BurstExample,
  Example,
  ExampleRecord,
  Examples,
  ExpectedCall,
  Hit,
  LiveAnswer,
} from "./examples";
export type { CloudTrailRecord, UserIdentity } from "../cloudtrail/record";
export type { Burst, Evidence, Match, Novel, Resource } from "../detections/detection";
export type { Finding } from "../detections/finding";
export type { DetectionContext, Severity } from "../settings";

// Records: who called, what for, and with which outcome.
export { type Actor, actorOf } from "../cloudtrail/actor";
export { accountOf, eventOf, nameOf, serviceOf, succeeded, wasRefused } from "../cloudtrail/record";

// Requests: parameters in all the forms that services write.
export {
  fieldOf,
  hiddenParameters,
  isFalse,
  isRedacted,
  isTrue,
  nameInArn,
  numberOf,
  objectsOf,
  parameterOf,
  requestOf,
  textParameterOf,
  textsOf,
} from "../cloudtrail/parameters";
export {
  canonicalJson,
  type Fields,
  fieldsOf,
  itemsOf,
  listOf,
  plainTextOf,
  sameJson,
  textOf,
} from "../json";
export { matchesAny, matchesPattern } from "../pattern";

// What a match says: evidence and resources.
export { evidenceAt, parameterPath, resourcesOf, shown, valueAt } from "../detections/readers/evidence";
export { calledByHand, isByHand, named } from "../detections/readers/by-hand";
export { uninspected } from "../detections/readers/uninspected";
export { sharedWith } from "../detections/readers/shared-with";

// Principals: people, roles, services, other accounts.
export {
  accountIn,
  addressOfCaller,
  arnsOf,
  isAccount,
  isAutomation,
  isAwsService,
  isForeign,
  isIdentityCenterSession,
  isInvokedBy,
  isOutsider,
  isOwnOrTrusted,
  isOwnUser,
  isPerson,
  isRoot,
  isScanner,
  isServiceLinkedRole,
  isWrite,
  type Principal,
  principalKeyOf,
  principalOf,
} from "../detections/readers/principal";
export { isOwnOrganization } from "../detections/readers/organization";

// Policies: what a document allows, and to whom.
export { isAdministratorPolicy } from "../detections/readers/administrator";
export {
  documentOf,
  evidenceOfOpenings,
  isEveryone,
  mayAllow,
  type Opening,
  openingsOf,
  type Statement,
  statementsOf,
} from "../detections/readers/policy";
export { administratorStatementsOf, escalationsOf } from "../detections/readers/rights";
export { coversAction, coversResource } from "../detections/readers/statement";

// Networks: addresses, ranges, ports, and rules of security groups.
export {
  cidrOf,
  isAddress,
  isInNetworks,
  isPublicAddress,
  isTheWorld,
  type Opened,
  openedBy,
  sensitiveTraffic,
} from "../detections/readers/network";
export { type RuleGiven, rulesRequested, worldRanges } from "../detections/readers/security-group-rules";

// Fixes: calls as data, what to read, and how it ends.
export { type Call, type CallAws, callsTo, unlessGone } from "../aws/call";
export { globalRegionOf, iamRegionOf, partitionOf } from "../aws/regions";
export { baselineKeyOf } from "../baselines/baseline";
export { baselineKinds, type BaselineName } from "../baselines/kinds/index";
export type { NoPlan, Plan, PlanContext } from "../remediations/remediation";
export {
  alreadyOk,
  changedSince,
  globalRegion,
  iamGone,
  needsBaseline,
  refused,
  requested,
} from "../remediations/support/outcomes";
export { instanceGone, instancesOf, planStop } from "../remediations/support/instances";
