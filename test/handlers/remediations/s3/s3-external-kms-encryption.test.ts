import { describeQuarantine } from "../support/quarantines";

describeQuarantine("s3-external-kms-encryption");
