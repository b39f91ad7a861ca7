import { describeQuarantine } from "../support/quarantines";

describeQuarantine("secrets-bulk-retrieval");
