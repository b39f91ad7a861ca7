import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that deletes. What was deleted stays so; where the bucket has versions, they can be brought back. */
export const fixS3BulkDelete = quarantinePrincipal("s3-bulk-delete");
