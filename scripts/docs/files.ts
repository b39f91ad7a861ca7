import { actionResourcesFile } from "./action-resources";
import { attackNavigatorLayer } from "./attack-navigator-layer";
import { componentArgs, componentPage } from "./component";
import { configurationPage } from "./configuration";
import { detectionsPage } from "./detections";
import { fastPage } from "./fast";
import { eventNamesFile } from "./event-names";
import { indexFiles } from "./indexes";
import { permissionsPage } from "./permissions";
import { pinnedIds, pinnedIdsFile } from "./pinned-ids";
import { projectFile } from "./project";
import { readme } from "./readme";
import { remediationsPage } from "./remediations";
import { scalePage } from "./scale";
import { trailsPage } from "./trails";
import { watchPage } from "./watch";

/** Files generated from the code, by path from the project's root. A test fails when one is stale. */
export const generatedFiles: Record<string, () => string | Promise<string>> = {
  ...indexFiles,
  "Pulumi.yaml": projectFile,
  "README.md": readme,
  "docs/attack-navigator-layer.json": attackNavigatorLayer,
  "docs/component.md": componentPage,
  "infra/cloudtrailer-args.ts": componentArgs,
  "docs/configuration.md": configurationPage,
  "docs/detections.md": detectionsPage,
  "docs/fast.md": fastPage,
  "docs/permissions.md": permissionsPage,
  "docs/remediations.md": remediationsPage,
  "docs/scale.md": scalePage,
  "docs/trails.md": trailsPage,
  "docs/watch.md": watchPage,
  "infra/rules/event-names.json": eventNamesFile,
  "policies/action-resources.ts": actionResourcesFile,
  [pinnedIds]: pinnedIdsFile,
};
