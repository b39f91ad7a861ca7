/** Previews a stack in its own process and reports its changes over IPC; see engine.test.ts. */
import { changes, openEngine, type Place } from "./support";

process.once("message", (message) => {
  const { place, team } = message as { place: Place; team: string };
  const preview = async () => {
    const stack = await openEngine(place).select(team);
    process.send?.(changes(await stack.preview()), () => process.disconnect());
  };
  void preview();
});
