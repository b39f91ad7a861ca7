import { quarantinePrincipal } from "../support/quarantine";

/** Contains whoever called with the tool: deactivates the user's access key, or denies the role's sessions everything. */
export const fixOffensiveToolUserAgent = quarantinePrincipal("offensive-tool-user-agent");
