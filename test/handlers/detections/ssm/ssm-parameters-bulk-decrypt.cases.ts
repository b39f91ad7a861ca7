import { call, type Cases, repeated } from "../support/cases";

const one = call("ssm:GetParameter", { name: "/prod/token", withDecryption: true });
const names = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `/prod/${from + index}`);

export const cases: Cases = {
  hits: [
    {
      name: "earlier values",
      record: call("ssm:GetParameterHistory", { name: "/prod/token", withDecryption: true }),
      resources: ["/prod/token"],
    },
    {
      name: "one parameter",
      record: one,
      evidence: "requestParameters.name",
      resources: ["/prod/token"],
    },
    {
      name: "several by name",
      record: call("ssm:GetParameters", { names: ["/prod/a", "/prod/b"], withDecryption: true }),
      resources: ["/prod/a", "/prod/b"],
    },
    {
      name: "a path",
      record: call("ssm:GetParametersByPath", { path: "/prod", recursive: true, withDecryption: true }),
      evidence: "requestParameters.path",
    },
  ],
  quiet: [
    {
      name: "not decrypted",
      record: call("ssm:GetParameter", { name: "/prod/token", withDecryption: false }),
    },
    {
      name: "earlier values, not decrypted",
      record: call("ssm:GetParameterHistory", { name: "/prod/token" }),
    },
    { name: "several, not decrypted", record: call("ssm:GetParameters", { names: ["/prod/a"] }) },
    { name: "a path, not decrypted", record: call("ssm:GetParametersByPath", { path: "/prod" }) },
  ],
  bursts: [
    {
      name: "thirty in batches of ten",
      records: repeated(one, 3, 2, (index) => ({
        eventName: "GetParameters",
        requestParameters: { names: names(index * 10, 10), withDecryption: true },
      })),
      findings: 1,
    },
    {
      name: "twenty-four",
      records: repeated(one, 24, 2, (index) => ({
        requestParameters: { name: `/prod/${index}`, withDecryption: true },
      })),
      findings: 0,
    },
    {
      name: "an application that reads its own path again and again",
      records: repeated(one, 50, 5, () => ({
        eventName: "GetParametersByPath",
        requestParameters: { path: "/app", withDecryption: true },
      })),
      findings: 0,
    },
    {
      name: "three pages of a path",
      records: repeated(one, 3, 1, (index) => ({
        eventName: "GetParametersByPath",
        requestParameters: { path: "/", recursive: true, withDecryption: true, nextToken: `page-${index}` },
      })),
      findings: 1,
    },
  ],
};
