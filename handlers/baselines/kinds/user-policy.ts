import type { BaselineKind } from "../baseline";
import { inlinePolicies } from "../inline-policies";

export const userPolicy: BaselineKind = inlinePolicies("User");
