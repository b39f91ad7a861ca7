import { expect } from "chai";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { startEmulator } from "../../local/emulator";

describe("startEmulator", () => {
  it("says that a port is in use, before it starts anything", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const error = await startEmulator({ port }).catch((refused: Error) => refused);
    server.close();
    expect(error).to.be.an("error");
    expect((error as Error).message).to.match(new RegExp(`Port ${port} of 127.0.0.1 is in use`));
  });
});
