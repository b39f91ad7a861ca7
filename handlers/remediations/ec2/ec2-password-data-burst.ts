import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that requests passwords of Windows instances. Change those passwords by hand. */
export const fixEc2PasswordDataBurst = quarantinePrincipal("ec2-password-data-burst");
