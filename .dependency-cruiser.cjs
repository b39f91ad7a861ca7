/**
 * The direction of imports in the house. Each room of handlers/ may take from those before it, and never from one
 * behind it; `npm run lint` fails on an import the other way.
 */

/** The rooms of handlers/, lowest first. Those in one row are side by side and do not know each other. */
const rooms = [
  ["settings", "log", "problem", "concurrency", "json", "mode", "part-names", "pattern"],
  ["aws", "cloudtrail"],
  ["detections"],
  ["baselines"],
  ["remediations"],
  ["rules"],
  ["findings"],
  ["alerts"],
  ["watch"],
  ["on-notification", "on-event", "on-schedule", "on-request", "on-history"],
  ["index"],
];

/** Paths of a room, which is a folder or a file: `handlers/aws/`, `handlers/settings.ts`. */
const pathOf = (names) => `^handlers/(${names.join("|")})(/|\\.ts$)`;

const upwards = rooms.slice(0, -1).map((row, index) => ({
  name: `${row[0]}-imports-from-below`,
  comment: `${row.join(", ")} may import from ${index === 0 ? "nothing else in handlers/" : "the rooms before"}, not from the rooms behind`,
  severity: "error",
  from: { path: pathOf(row) },
  to: { path: pathOf(rooms.slice(index + 1).flat()) },
}));

const sideBySide = rooms
  .slice(1)
  .flatMap((row) => row.map((room) => [room, row.filter((one) => one !== room)]))
  .filter(([, others]) => others.length > 0)
  .map(([room, others]) => ({
    name: `${room}-stands-beside`,
    comment: `${room} and ${others.join(", ")} do not know each other: what both need lives below`,
    severity: "error",
    from: { path: pathOf([room]) },
    to: { path: pathOf(others) },
  }));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "no file imports itself by way of others",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...upwards,
    ...sideBySide,
    {
      name: "handlers-every-file-has-a-room",
      comment: `files of handlers/ belong to one of: ${rooms.flat().join(", ")}`,
      severity: "error",
      from: {},
      to: { path: "^handlers/", pathNot: pathOf(rooms.flat()) },
    },
    {
      name: "handlers-know-handlers-alone",
      comment:
        "handlers/ is serialized into the function: it imports Node's own modules and types, nothing of the rest",
      severity: "error",
      from: { path: "^handlers/" },
      to: { pathNot: "^(handlers/|node_modules/@types/)", dependencyTypesNot: ["core", "type-only"] },
    },
    {
      name: "handlers-know-no-pulumi",
      comment: "handlers/ runs without Pulumi, and takes not even its types",
      severity: "error",
      from: { path: "^handlers/" },
      to: { path: "node_modules/@pulumi/|^(infra|policies|own|local|cli|scripts|test)/" },
    },
    {
      name: "policies-know-nothing",
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
      comment: "what is deployed to AWS knows nothing of AWS on this machine, nor of the command line",
      severity: "error",
      from: { path: "^(infra/|index\\.ts$)" },
      to: { path: "^(local|cli|scripts|test|bench)/" },
    },
    {
      name: "nothing-imports-tests",
      comment: "tests import the program, never the other way",
      severity: "error",
      from: { path: "^(handlers|policies|infra|local|cli|bench)/" },
      to: { path: "^test/" },
    },
    {
      name: "the-reader-is-closed",
      comment: "only its entry, handlers/cloudtrail/reader/index.ts, is for others",
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
