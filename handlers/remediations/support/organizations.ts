/** Organizations answers from here. */
export const organizationsRegion = "us-east-1";
