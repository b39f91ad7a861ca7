import type { Remediation } from "../remediation";
import { fixIamAccessKeyForOtherUser } from "./iam-access-key-for-other-user";

/** Deactivates the new access key. */
export const fixIamOwnAccessKeyCreated: Remediation = {
  ...fixIamAccessKeyForOtherUser,
  id: "iam-own-access-key-created",
};
