import { fixIamAdminPolicyAttachedRole } from "../../../../handlers/remediations/iam/iam-admin-policy-attached-role";
import { describeDetaching } from "./support";

describeDetaching(fixIamAdminPolicyAttachedRole, "Role");
