import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython, makeEnvironment, ministackVersion, tail } from "../../local/install-emulator";

describe("findPython", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fake-python-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A program that answers like a Python of this version. */
  function python(version: string, complete = true): string {
    const file = join(folder, `python-${version}${complete ? "" : "-bare"}`);
    writeFileSync(file, `#!/bin/sh\necho ${version}\necho ${complete ? "True" : "False"}\n`, { mode: 0o755 });
    return file;
  }

  const failure = async (...names: string[]): Promise<string> => {
    const error = await findPython(names).catch((refused: Error) => refused);
    expect(error).to.be.an("error");
    return (error as Error).message;
  };

  it("takes the first that is new enough", async () => {
    const names = [join(folder, "none"), python("3.9.18"), python("3.10.0"), python("3.13.1")];
    expect(await findPython(names)).to.equal(names[2]);
  });

  it("compares versions as numbers", async () => {
    expect(await findPython([python("3.9.9"), python("4.0.0")])).to.match(/4\.0\.0$/);
    expect(await failure(python("2.20.0"))).to.match(/found only .*Python 2\.20\.0/);
  });

  it("prefers one with venv to one without", async () => {
    expect(await findPython([python("3.12.1", false), python("3.11.1")])).to.match(/3\.11\.1$/);
  });

  it("says what is needed, that none was found, and what to do", async () => {
    const message = await failure(join(folder, "none"));
    expect(message).to.match(/Python 3\.10 or newer/);
    expect(message).to.match(/found none under the names .*none/);
    expect(message).to.match(/apt-get install python3 python3-venv/);
    expect(message).to.match(/set PYTHON/);
  });

  it("says which versions were too old", async () => {
    const message = await failure(python("3.8.10"), python("3.9.18"));
    expect(message).to.match(/3\.8\.10\), .*3\.9\.18\)/);
  });

  it("says that venv is missing, and how to get it", async () => {
    expect(await failure(python("3.12.1", false))).to.match(/3\.12\.1, but without venv.*python3-venv/s);
  });
});

describe("makeEnvironment", () => {
  let folder: string;
  const given = process.env.PYTHON;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "failing-python-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
    if (given === undefined) delete process.env.PYTHON;
    else process.env.PYTHON = given;
  });

  /** The first line of the error with a Python whose `-m venv` or, in the environment it creates, `-m pip` fails. */
  async function failure(module: "venv" | "pip", said: string): Promise<string> {
    const python = join(folder, `python-${module}`);
    const describes = '[ "$1" = -c ] && echo 3.12.1 && echo True && exit 0';
    const makes = '[ "$2" = venv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && exit 0';
    const lines = [
      "#!/bin/sh",
      describes,
      ...(module === "pip" ? [makes] : []),
      `echo "${said}" >&2`,
      "exit 1",
    ];
    writeFileSync(python, `${lines.join("\n")}\n`, { mode: 0o755 });
    process.env.PYTHON = python;
    const error = await makeEnvironment(join(folder, `of-${module}`), () => {}).catch((one: Error) => one);
    const [first = "", ...rest] = String((error as Error).message).split("\n");
    expect(rest.join("\n")).to.equal(said);
    return first;
  }

  it("says that the disk is full, and where to free how much", async () => {
    for (const module of ["venv", "pip"] as const) {
      const first = await failure(module, "OSError: [Errno 28] No space left on device");
      expect(first).to.match(
        /The disk is full: free \d+ MB where .*\.local and .* are, then run this again\.$/,
      );
    }
  });

  it("says what else may be wrong", async () => {
    expect(await failure("venv", "ensurepip failed")).to.match(
      /failed with 1\. Check that this Python can create/,
    );
    expect(await failure("pip", "no such host")).to.match(/it exited with 1\)\. Check the network/);
  });
});

describe("requirements.txt", () => {
  it("pins MiniStack", () => {
    expect(ministackVersion).to.match(/^\d+\.\d+\.\d+$/);
  });
});

describe("tail", () => {
  it("keeps the last lines", () => {
    expect(tail("a\nb\nc\n\n", 2)).to.equal("b\nc");
  });
});
