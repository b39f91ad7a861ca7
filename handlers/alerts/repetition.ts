/** What marks a message that may be a second one. */
export const repetition =
  "You may have received this before: an earlier attempt ended before it was known whether it was sent.";
