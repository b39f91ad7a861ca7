import type { Remediation } from "../remediation";
import { fixIamLoginProfileCreated } from "./iam-login-profile-created";

/** Deletes the console password that the event created. */
export const fixIamOwnLoginProfileCreated: Remediation = {
  ...fixIamLoginProfileCreated,
  id: "iam-own-login-profile-created",
};
