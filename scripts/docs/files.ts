import { configurationPage } from "./configuration";
import { permissionsPage } from "./permissions";
import { projectFile } from "./project";

/** Files that are made from the code, by path from the project's folder. A test fails when one is stale. */
export const generatedFiles: Record<string, () => string> = {
  "Pulumi.yaml": projectFile,
  "docs/configuration.md": configurationPage,
  "docs/permissions.md": permissionsPage,
};
