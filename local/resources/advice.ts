/** What to do about AWS errors whose message says only what happened, by name. */
const advice: Record<string, string> = {
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
  MaximumNumberOfTrailsExceededException:
    "AWS allows five trails per region, a fixed quota, and counts a multi-region trail in every region. " +
    "Delete one that is not needed, or set cloudtrailer:multiRegion to false if only another region is full.",
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  BucketAlreadyExists:
    "Somebody else has a bucket of this name, and names are unique across all of AWS. Set cloudtrailer:bucketSuffix.",
  BucketAlreadyOwnedByYou:
    "This account already has a bucket of this name. Delete it if an earlier stack left it, or set cloudtrailer:bucketSuffix.",
};

/** The error, with advice on what to do if there is any. */
export function advised(error: Error): Error {
  const whatToDo = Object.hasOwn(advice, error.name) ? advice[error.name] : undefined;
  if (whatToDo === undefined) return error;
  const message = error.message.replace(/\.?$/, ".");
  return Object.assign(new Error(`${message} ${whatToDo}`, { cause: error }), { name: error.name });
}
