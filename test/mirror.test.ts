import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect } from "chai";
import { detections } from "../handlers/detections/index";
import { remediations } from "../handlers/remediations/index";

const root = join(__dirname, "..");

/** The files below a folder, by path from the root: `handlers/detections/iam/iam-user-created.ts`. */
function filesIn(folder: string, suffix: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/** The files of a catalogue: `<first word of the id>/<id>`. */
function catalogued(folder: string, suffix: string, notIds: string[]): string[] {
  return filesIn(folder, suffix)
    .map((file) => file.slice(folder.length + 1, -suffix.length))
    .filter((path) => path.includes("/") && !notIds.includes(dirname(path)));
}

/** Tests that are not about one file: of a whole folder, or of an interplay of several. */
const ofRooms = [
  "handlers/cloudtrail/reader/fallback",
  "handlers/cloudtrail/reader/fuzz",
  "handlers/cloudtrail/reader/seen",
  "handlers/detections/cases",
  "handlers/detections/kinds",
  "handlers/detections/metadata",
  "handlers/detections/properties",
  "handlers/detections/readers/simulated",
  "handlers/findings/properties",
  "handlers/remediations/partitions",
  "handlers/remediations/properties",
  "handlers/remediations/sequences",
  "handlers/watch/hourly-digests",
  "infra/deployed-text",
  "infra/program",
  "infra/project",
  "infra/rules/config-rules",
  "lint",
  "local/recorder/cloudtrail-service",
  "mirror",
  "own/rules",
  "scripts/docs/generated",
  "security",
];

/** Whether a test, `handlers/aws/regions`, mirrors the path of what it tests. */
function mirrorsSource(path: string): boolean {
  // A file with many tests may have a folder of them, and helpers in test/support are tested next to them.
  const places = [path, dirname(path), `test/${path}`];
  const ends = [".ts", ".js", ".mjs", ".cjs", ".md"];
  return places.some((place) => ends.some((end) => existsSync(join(root, `${place}${end}`))));
}

describe("the tests", () => {
  const tests = filesIn("test", ".test.ts")
    .map((file) => file.slice("test/".length, -".test.ts".length))
    .filter((path) => !/^(e2e|engine|faults)\//.test(path));

  it("mirror what they test, or are listed as tests of a whole folder", () => {
    const astray = tests.filter((path) => !ofRooms.includes(path) && !mirrorsSource(path));
    expect(astray, "move these to where their source stands, or add them to `ofRooms`").to.deep.equal([]);
  });

  it("of whole folders exist", () => {
    expect(ofRooms.filter((path) => !tests.includes(path))).to.deep.equal([]);
  });

  it("of detections are their cases, one file each", () => {
    const ids = catalogued("handlers/detections", ".ts", ["readers"]);
    expect(catalogued("test/handlers/detections", ".cases.ts", [])).to.deep.equal(ids);
  });

  it("of remediations are one file each", () => {
    const ids = catalogued("handlers/remediations", ".ts", ["support"]);
    expect(catalogued("test/handlers/remediations", ".test.ts", ["support"])).to.deep.equal(ids);
  });

  it("of kinds of baselines are one file each", () => {
    const kinds = filesIn("handlers/baselines/kinds", ".ts").map((file) => basename(file, ".ts"));
    const tested = filesIn("test/handlers/baselines/kinds", ".test.ts").map((file) =>
      basename(file, ".test.ts"),
    );
    expect(tested).to.deep.equal(kinds);
  });
});

describe("the catalogue's files", () => {
  for (const [folder, notIds, ids] of [
    ["handlers/detections", ["readers"], detections.map(({ id }) => id)],
    ["handlers/remediations", ["support"], remediations.map(({ id }) => id)],
  ] as const)
    it(`of ${folder} are called by the id, in a folder that is its first word`, () => {
      const paths = ids.map((id) => `${id.split("-")[0]}/${id}`).sort();
      expect(catalogued(folder, ".ts", [...notIds])).to.deep.equal(paths);
    });
});
