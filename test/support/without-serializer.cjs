"use strict";

/*
 * Required by the part `unit` of a test run: Pulumi's serializer switches V8's debugger on for the rest of the process, which makes
 * the fuzz tests after it three to seven times as slow. A test that serializes belongs to the part that scripts/test.mjs keeps for
 * those.
 */

const inspector = require("node:inspector");

inspector.Session.prototype.connect = () => {
  throw new Error(
    "expected no serializing in this process, which it would slow down; add the test's file to `serializing` in scripts/test.mjs",
  );
};
