/**
 * Remembers the environment. Another object in place of `process.env` would not do: modules hold on to the one that they know.
 *
 * @returns what restores it
 */
export function keepEnvironment(): () => void {
  const before = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
    Object.assign(process.env, before);
  };
}
