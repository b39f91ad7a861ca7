import { quarantinePrincipal } from "../support/quarantine";

/** Contains the caller that used the tool: deactivates the user's access key, or denies the role's sessions everything. */
export const fixOffensiveToolUserAgent = quarantinePrincipal("offensive-tool-user-agent");
