import { describeQuarantine } from "../support/quarantines";

describeQuarantine("s3-sse-c-encryption");
