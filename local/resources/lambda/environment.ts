/**
 * Maximum size of a function's environment in bytes, as Lambda measures it: as JSON, in which each quote of a value is
 * escaped.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const maxBytes = 4096;

/** @throws Error, in Lambda's own words, if the environment is too large */
export function checkEnvironment(variables: Record<string, string> = {}): void {
  const measured = JSON.stringify(variables);
  const bytes = Buffer.byteLength(measured);
  if (bytes <= maxBytes) return;
  throw new Error(
    "Lambda was unable to configure your environment variables because the environment variables you have provided " +
      `exceeded the 4KB limit. Measured: ${bytes} bytes of ${measured.slice(0, 200)}…`,
  );
}
