import { describeQuarantine } from "../support/quarantines";

describeQuarantine("s3-bulk-delete");
