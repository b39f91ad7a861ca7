import type { Difference } from "../alerts/summaries";
import { accountName } from "../accounts";
import type { CallAws } from "../aws/call";
import { noRole } from "../aws/clients";
import { inAccount } from "../aws/members";
import { createTable } from "../aws/table";
import { nameInArn } from "../cloudtrail/parameters";
import { canonicalJson, fieldsOf, textOf } from "../json";
import type { Settings } from "../settings";
import { isUnreadable, type OwnPart, type PartState, sendingPart, stateOf, whyUnreadable } from "./own-parts";
import { createReportDifferences, type ReportDifferences } from "./report-differences";
import { declaredStates, differencesOf } from "./self-check";

/** What the check of a member's rules needs. */
export interface MemberRulesDependencies {
  settings: Pick<Settings, "account" | "accounts" | "events" | "region" | "table">;
  aws: CallAws;
  /** 12 digits. */
  member: string;
  alertDifferences: ReportDifferences;
}

/** Compares the rules by which a member sends records within seconds with those of the stack's own account. */
export interface MemberRules {
  /** Reports differences once until they change. @throws a passing error of AWS */
  checkAndReport(): Promise<Difference[]>;
}

/**
 * Why a member does not answer where nothing is to be compared: it has no role, which the self-check reports, or has not enabled
 * the region, where nobody can call anything.
 *
 * Source: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const nothingThere = [noRole, "InvalidClientTokenId", "OptInRequired", "UnrecognizedClientException"];

/** Creates the check. Without records within seconds there is nothing to compare. */
export function createMemberRules(dependencies: MemberRulesDependencies): MemberRules {
  const { settings, aws, member, alertDifferences } = dependencies;
  const { account, events } = settings;
  const table = createTable(aws, settings);
  const report = createReportDifferences(table, `watch#reported@${member}`, alertDifferences);

  const differencesIn = async (
    region: string,
    { name, means, looks }: OwnPart,
    declared: PartState,
  ): Promise<Difference[]> => {
    const found = await stateOf(looks, inAccount(aws, member));
    if (Object.values(found).some((state) => nothingThere.includes(whyUnreadable(state) ?? ""))) return [];
    // As it would be at home: with that account's role, whose name is the same.
    const its = JSON.parse(
      JSON.stringify(comparable(found)).replaceAll(`:iam::${member}:role/`, `:iam::${account}:role/`),
    ) as PartState;
    const part = `${name} of account ${accountName(settings, member)}`;
    const repair = `deploy what \`npx cloudtrailer member-template --events\` prints in ${region} of that account, or \`pulumi up --refresh\` if a StackSet does`;
    return differencesOf({ [part]: comparable(declared) }, { [part]: its }).map((one) => ({
      ...one,
      means,
      repair,
    }));
  };

  return {
    async checkAndReport() {
      if (events === undefined) return [];
      const declared = await declaredStates(table);
      const fast = nameInArn(events.topicArn);
      const differences: Difference[] = [];
      for (const region of events.regions) {
        const part = sendingPart(fast, region);
        const state = declared?.[part.name];
        // What was not recorded, or not readable then, the stack's own self-check reports.
        if (state === undefined || Object.values(state).some(isUnreadable)) continue;
        differences.push(...(await differencesIn(region, part, state)));
      }
      await report(differences);
      return differences;
    },
  };
}

/** A state with its patterns in one form: CloudFormation and Pulumi may write one pattern as two texts. */
function comparable(state: PartState): PartState {
  return Object.fromEntries(Object.entries(state).map(([by, one]) => [by, withComparablePattern(one)]));
}

function withComparablePattern(state: unknown): unknown {
  const pattern = textOf(fieldsOf(state).EventPattern);
  if (pattern === undefined) return state;
  try {
    return { ...fieldsOf(state), EventPattern: canonicalJson(JSON.parse(pattern)) };
  } catch {
    return state;
  }
}
