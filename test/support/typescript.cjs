/** Required by mocha: loads TypeScript, with traces and coverage that refer to it. */
require("../../cli/typescript.js").register({ sourceMaps: true });
