/**
 * The direction of imports. Each layer of handlers/ may import from the layers below it only; `npm run lint` fails on any
 * other import.
 */

/** The layers of handlers/, lowest first. Parts of one layer do not import each other. */
const layers = [
  [
    "settings",
    "accounts",
    "log",
    "problem",
    "concurrency",
    "json",
    "mode",
    "part-names",
    "chat-parts",
    "pattern",
    "visible",
  ],
  ["aws", "cloudtrail"],
  ["detections"],
  ["baselines"],
  ["remediations"],
  ["rules"],
  ["findings"],
  ["alerts"],
  ["watch", "history"],
  [
    "on-notification",
    "on-event",
    "on-schedule",
    "on-due",
    "on-request",
    "on-history",
    "on-trial",
    "on-answer",
  ],
  ["index"],
];

/** Paths of a part, which is a folder or a file: `handlers/aws/`, `handlers/settings.ts`. */
const pathOf = (names) => `^handlers/(${names.join("|")})(/|\\.ts$)`;

const upwards = layers.slice(0, -1).map((layer, index) => ({
  name: `${layer[0]}-imports-from-below`,
  comment: `${layer.join(", ")} may import from ${index === 0 ? "nothing else in handlers/" : "the layers below"}, not from those above`,
  severity: "error",
  from: { path: pathOf(layer) },
  to: { path: pathOf(layers.slice(index + 1).flat()) },
}));

const siblings = layers
  .slice(1)
  .flatMap((layer) => layer.map((part) => [part, layer.filter((one) => one !== part)]))
  .filter(([, others]) => others.length > 0)
  .map(([part, others]) => ({
    name: `${part}-imports-no-sibling`,
    comment: `${part} and ${others.join(", ")} do not import each other: shared code belongs in a layer below`,
    severity: "error",
    from: { path: pathOf([part]) },
    to: { path: pathOf(others) },
  }));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "no file imports itself through others",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...upwards,
    ...siblings,
    {
      name: "handlers-every-file-has-a-layer",
      comment: `files of handlers/ belong to one of: ${layers.flat().join(", ")}`,
      severity: "error",
      from: {},
      to: { path: "^handlers/", pathNot: pathOf(layers.flat()) },
    },
    {
      name: "handlers-import-only-handlers",
      comment:
        "handlers/ is serialized into the function: besides itself it imports only Node's modules, and types",
      severity: "error",
      from: { path: "^handlers/" },
      to: { pathNot: "^(handlers/|node_modules/@types/)", dependencyTypesNot: ["core", "type-only"] },
    },
    {
      name: "handlers-import-no-pulumi",
      comment: "handlers/ runs without Pulumi, and does not even import its types",
      severity: "error",
      from: { path: "^handlers/" },
      to: { path: "node_modules/@pulumi/|^(infra|policies|own|local|cli|scripts|test)/" },
    },
    {
      name: "policies-import-only-policies",
      comment: "policies/ is pure functions that return IAM documents",
      severity: "error",
      from: { path: "^policies/" },
      to: { pathNot: "^policies/" },
    },
    {
      name: "own-rules-know-the-kit",
      comment:
        "a team's own rules take all from cloudtrailer/rule, so that the rest of the project can change",
      severity: "error",
      from: { path: "^own/" },
      to: { pathNot: "^(own/|handlers/rules/kit\\.ts$)", dependencyTypesNot: ["core"] },
    },
    {
      name: "nothing-knows-own-rules",
      comment: "infra/ loads the files of own/ by their place, and passes them in",
      severity: "error",
      from: { path: "^(index\\.ts$|handlers|policies|infra|local|cli|bench|scripts)" },
      to: { path: "^own/" },
    },
    {
      name: "commands-know-own-rules",
      comment:
        "cli/own-catalogue.ts has the catalogue with the team's own rules: a command without them misses findings",
      severity: "error",
      from: { path: "^cli/" },
      to: { path: "^handlers/(detections|remediations)/index\\.ts$" },
    },
    {
      name: "infra-is-not-local",
      comment: "code that is deployed to AWS imports neither embedded AWS nor the CLI",
      severity: "error",
      from: { path: "^(infra/|index\\.ts$)" },
      to: { path: "^(local|cli|scripts|test|bench)/" },
    },
    {
      name: "nothing-imports-tests",
      comment: "tests import the program, never the other way around",
      severity: "error",
      from: { path: "^(handlers|policies|infra|local|cli|bench)/" },
      to: { path: "^test/" },
    },
    {
      name: "the-reader-is-closed",
      comment: "others import only its entry, handlers/cloudtrail/reader/index.ts",
      severity: "error",
      from: { path: "^(handlers|infra|local|cli)/", pathNot: "^handlers/cloudtrail/reader/" },
      to: { path: "^handlers/cloudtrail/reader/", pathNot: "^handlers/cloudtrail/reader/index\\.ts$" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "^(node_modules|\\.local|coverage)/" },
    doNotFollow: { path: "node_modules" },
    // `cloudtrailer/rule` is this package's own export.
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "default"] },
  },
};
