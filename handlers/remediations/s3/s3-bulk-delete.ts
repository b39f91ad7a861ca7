import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that deletes. Deleted objects stay deleted; if the bucket has versions, they can be restored. */
export const fixS3BulkDelete = quarantinePrincipal("s3-bulk-delete");
