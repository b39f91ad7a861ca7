import type { Verb } from "./verb";

/** The verbs in the order of help, each loaded when needed. */
export const verbs: Record<string, () => Promise<Verb>> = {
  local: () => import("./local"),
  new: () => import("./new"),
  capture: () => import("./capture"),
  test: () => import("./test"),
  send: () => import("./send"),
  replay: () => import("./replay"),
  hunt: () => import("./hunt"),
  detections: () => import("./detections"),
  findings: () => import("./findings"),
  report: () => import("./report"),
  fix: () => import("./fix"),
  approve: () => import("./approve"),
  deny: () => import("./deny"),
  except: () => import("./except"),
  rollback: () => import("./rollback"),
  mode: () => import("./mode"),
  alert: () => import("./alert"),
  redrive: () => import("./redrive"),
  doctor: () => import("./doctor"),
  "member-template": () => import("./member-template"),
  verify: () => import("./verify"),
  story: () => import("./story"),
  bench: () => import("./bench"),
};

/** Renamed verbs, and their current names. */
export const renamedVerbs: Record<string, string> = { undo: "rollback" };

/** All verbs, loaded. */
export function allVerbs(): Promise<Verb[]> {
  return Promise.all(Object.values(verbs).map((load) => load()));
}
