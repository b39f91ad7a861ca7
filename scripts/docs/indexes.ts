import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const handlers = join(__dirname, "../../handlers");

/** A folder of `handlers/` with one file per id, in subfolders named after the first word of the id. */
interface Catalogue {
  folder: "detections" | "remediations";
  /** The type of what each file exports, and the module that declares it. */
  type: string;
  module: string;
  /** Folders that hold helpers. */
  helpers: string[];
  doc: string;
}

const catalogues: Catalogue[] = [
  {
    folder: "detections",
    type: "Detection",
    module: "./detection",
    helpers: ["readers"],
    doc: "Every detection, by id.",
  },
  {
    folder: "remediations",
    type: "Remediation",
    module: "./remediation",
    helpers: ["support"],
    doc: "Every remediation, by the id of its detection.",
  },
];

/** The indexes of `handlers/`, by path from the project's root. A file in the right place is in the catalogue. */
export const indexFiles: Record<string, () => string> = {
  ...Object.fromEntries(
    catalogues.map((catalogue) => [`handlers/${catalogue.folder}/index.ts`, () => indexOf(catalogue)]),
  ),
  "handlers/baselines/kinds/index.ts": indexOfKinds,
};

/** @throws Error that names a file which does not export one entry, or is in the wrong folder */
function indexOf({ folder, type, module, helpers, doc }: Catalogue): string {
  const entries = idsIn(join(handlers, folder), helpers).map(({ path, id }) => ({
    path,
    id,
    name: exportedName(`${folder}/${path}`, type),
  }));
  return `// Generated from the files of this folder by \`npm run docs\`.
${entries.map(({ path, name }) => `import { ${name} } from "./${path}";`).join("\n")}
import type { ${type} } from "${module}";

/** ${doc} */
export const ${folder}: ${type}[] = [
${entries.map(({ name }) => `  ${name},`).join("\n")}
];
`;
}

/** @throws Error that names a file which does not export exactly one kind, under the file's own name */
function indexOfKinds(): string {
  const kinds = readdirSync(join(handlers, "baselines/kinds"))
    .filter((file) => file !== "index.ts")
    .map((file) => file.replace(/\.ts$/, ""))
    .sort()
    .map((file) => ({ file, name: kindIn(file) }));
  return `// Generated from the files of this folder by \`npm run docs\`.
import type { BaselineKind } from "../baseline";
${kinds.map(({ file, name }) => `import { ${name} } from "./${file}";`).join("\n")}

/** Every kind of resource that baselines can be kept of, by name. */
export const baselineKinds = {
${kinds.map(({ name }) => `  ${name},`).join("\n")}
} satisfies Record<string, BaselineKind>;

/** One of {@link baselineKinds}. */
export type BaselineName = keyof typeof baselineKinds;
`;
}

function kindIn(file: string): string {
  const name = file.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const text = readFileSync(join(handlers, "baselines/kinds", `${file}.ts`), "utf8");
  const exported = [...text.matchAll(/^export .*?(\w+)(?=[:(]| =)/gm)].map(([, found]) => found);
  if (exported.length !== 1 || !text.includes(`export const ${name}: BaselineKind = `))
    throw new Error(
      `expected handlers/baselines/kinds/${file}.ts to export only the BaselineKind ${name}, found ${exported.join(", ") || "nothing"}`,
    );
  return name;
}

function idsIn(folder: string, helpers: string[]): { path: string; id: string }[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !helpers.includes(entry.name))
    .flatMap(({ name }) =>
      readdirSync(join(folder, name)).map((file) => ({
        path: `${name}/${file.replace(/\.ts$/, "")}`,
        id: file.replace(/\.ts$/, ""),
      })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function exportedName(path: string, type: string): string {
  const file = `handlers/${path}.ts`;
  const [word, id = ""] = path.split("/").slice(1);
  if (word !== id.split("-")[0])
    throw new Error(
      `expected ${file} in the folder named after the first word of its id, ${id.split("-")[0]}/`,
    );
  const names = [
    ...readFileSync(join(handlers, `${path}.ts`), "utf8").matchAll(
      new RegExp(`^export const (\\w+): ${type} =|^export const (\\w+) = \\w+\\(`, "gm"),
    ),
  ].map(([, typed, made]) => typed ?? made ?? "");
  const [name] = names;
  if (name === undefined || names.length > 1)
    throw new Error(
      `expected ${file} to export one ${type}, found ${names.length === 0 ? "none" : names.join(", ")}`,
    );
  return name;
}
