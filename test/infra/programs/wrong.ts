import { Cloudtrailer, type CloudtrailerArgs } from "../../../infra";

/** Arguments that the compiler would refuse, as they come from a program in JavaScript. */
new Cloudtrailer("security", {
  team: "",
  mode: "repair",
  maxFixesPerHour: "many",
} as unknown as CloudtrailerArgs);
