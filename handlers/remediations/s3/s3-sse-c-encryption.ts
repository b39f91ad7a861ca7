import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that encrypts with a key of its own. The objects stay as they are: only that key opens them. */
export const fixS3SseCEncryption = quarantinePrincipal("s3-sse-c-encryption");
