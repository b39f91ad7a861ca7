import { fixIamAdminPolicyAttachedUser } from "../../../../handlers/remediations/iam/iam-admin-policy-attached-user";
import { describeDetaching } from "./support";

describeDetaching(fixIamAdminPolicyAttachedUser, "User");
