import { deleteKeyPair } from "../support/delete-key-pair";

/** Deletes the key pair. */
export const fixEc2KeyPairImported = deleteKeyPair("ec2-key-pair-imported");
