import * as pulumi from "@pulumi/pulumi";
import { createOnLogFiles } from "../../handlers/on-log-files";

/** The text of the function, serialized as `CallbackFunction` does it; a failure names the way to what it could not capture. */
export async function deployedText(): Promise<string> {
  const { text } = await pulumi.runtime.serializeFunction(createOnLogFiles, {
    serialize: () => true,
    exportName: "handler",
    isFactoryFunction: true,
  });
  return text;
}

if (require.main === module) void deployedText().then((text) => process.stdout.write(text));
