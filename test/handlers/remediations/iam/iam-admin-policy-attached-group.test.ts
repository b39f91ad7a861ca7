import { fixIamAdminPolicyAttachedGroup } from "../../../../handlers/remediations/iam/iam-admin-policy-attached-group";
import { describeDetaching } from "./support";

describeDetaching(fixIamAdminPolicyAttachedGroup, "Group");
