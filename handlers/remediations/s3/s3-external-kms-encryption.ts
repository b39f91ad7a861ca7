import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that encrypted with another account's key. The object stays as it is. */
export const fixS3ExternalKmsEncryption = quarantinePrincipal("s3-external-kms-encryption");
