import { describeQuarantine } from "../support/quarantines";

describeQuarantine("ec2-password-data-burst");
