/** An IAM policy document. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: Statement[];
}

/** One statement. `Resource` is omitted in trust policies, `Principal` in identity policies. */
export interface Statement {
  /** Letters and digits that say what the statement is for. */
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string>;
  /** This or `NotAction`. */
  Action?: string[];
  /** Every action except these. */
  NotAction?: string[];
  Resource?: string[];
  /** Operator → condition key → value, or values one of which must match. */
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** Where the stack is: the beginning of every ARN. */
export interface Place {
  /** `aws`, `aws-cn`, `aws-us-gov` */
  partition: string;
  region: string;
  /** 12 digits */
  account: string;
}

/** The place with the longest names: what fits there fits everywhere. */
export const widestPlace: Place = {
  partition: "aws-us-gov",
  region: "ap-northeast-3",
  account: "000000000000",
};
