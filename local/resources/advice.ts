/** What to do about an error of AWS whose message says only what happened, by its name. */
const advice: Record<string, string> = {
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
  MaximumNumberOfTrailsExceededException:
    "AWS allows five trails in a region and raises that for nobody; a trail of all regions counts in each of them. " +
    "Delete one that is not needed, or set cloudtrailer:multiRegion to false when only another region is full.",
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  BucketAlreadyExists:
    "Somebody else has a bucket of this name, and names are unique in all of AWS. Set cloudtrailer:bucketSuffix.",
  BucketAlreadyOwnedByYou:
    "This account has a bucket of this name already. Delete it if an earlier stack left it, or set cloudtrailer:bucketSuffix.",
};

/** An error that also says what to do, where that is known. */
export function advised(error: Error): Error {
  const whatToDo = Object.hasOwn(advice, error.name) ? advice[error.name] : undefined;
  if (whatToDo === undefined) return error;
  const message = error.message.replace(/\.?$/, ".");
  return Object.assign(new Error(`${message} ${whatToDo}`, { cause: error }), { name: error.name });
}
