import type { BaselineKind } from "../baseline";
import { inlinePolicies } from "../inline-policies";

export const groupPolicy: BaselineKind = inlinePolicies("Group");
