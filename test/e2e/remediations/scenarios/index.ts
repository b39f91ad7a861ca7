import type { Scenario } from "../scenario";
import { databases } from "./databases";
import { instances } from "./ec2";
import { identities } from "./identity";
import { logging } from "./logging";
import { onlyMoto } from "./only-moto";
import { resourcePolicies } from "./resource-policies";
import { buckets } from "./s3";

/** Every scenario of a remediation, by the emulator it is tested on. docs/remediations.md is generated from it, too. */
export const scenarios: Record<"ministack" | "moto", Scenario[]> = {
  ministack: [...identities, ...buckets, ...instances, ...databases, ...resourcePolicies, ...logging],
  moto: onlyMoto,
};

/** Those that run on a stack as deployed: without configuration or baselines. */
export const deployable = scenarios.ministack.filter(
  ({ baseline, configured }) => baseline === undefined && configured === undefined,
);
