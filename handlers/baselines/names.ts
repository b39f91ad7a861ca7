/** The name in a secret's name or ARN: `prod/db` of `arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbC123`. */
export function secretNameOf(nameOrArn: string): string {
  if (!nameOrArn.startsWith("arn:")) return nameOrArn;
  // An ARN ends in six characters of Secrets Manager's own.
  return nameOrArn
    .split(":")
    .slice(6)
    .join(":")
    .replace(/-[A-Za-z0-9]{6}$/, "");
}

/** The name in a queue's URL. */
export function queueNameOf(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
