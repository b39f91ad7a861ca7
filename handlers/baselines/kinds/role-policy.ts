import type { BaselineKind } from "../baseline";
import { inlinePolicies } from "../inline-policies";

export const rolePolicy: BaselineKind = inlinePolicies("Role");
