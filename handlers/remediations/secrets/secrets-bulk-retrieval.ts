import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that reads secrets. It knows what it has read: rotate those secrets by hand. */
export const fixSecretsBulkRetrieval = quarantinePrincipal("secrets-bulk-retrieval");
