import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that decrypts parameters. What it has read is known: replace those values by hand. */
export const fixSsmParametersBulkDecrypt = quarantinePrincipal("ssm-parameters-bulk-decrypt");
