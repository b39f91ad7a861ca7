import { deleteKeyPair } from "../support/delete-key-pair";

/** Deletes the key pair. */
export const fixEc2KeyPairCreated = deleteKeyPair("ec2-key-pair-created");
