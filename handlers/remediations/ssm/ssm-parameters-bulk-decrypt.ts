import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that decrypts parameters. It knows what it has read: replace those values by hand. */
export const fixSsmParametersBulkDecrypt = quarantinePrincipal("ssm-parameters-bulk-decrypt");
