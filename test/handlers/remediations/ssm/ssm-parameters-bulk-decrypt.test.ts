import { describeQuarantine } from "../support/quarantines";

describeQuarantine("ssm-parameters-bulk-decrypt");
