import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that reads secrets. What it has read is known: rotate those secrets by hand. */
export const fixSecretsBulkRetrieval = quarantinePrincipal("secrets-bulk-retrieval");
