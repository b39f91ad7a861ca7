import { quarantinePrincipal } from "../support/quarantine";

/** Quarantines the principal that encrypts with its own key. The objects stay as they are: only that key decrypts them. */
export const fixS3SseCEncryption = quarantinePrincipal("s3-sse-c-encryption");
