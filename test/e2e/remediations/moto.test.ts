import { testRemediations } from "./harness";
import { moto } from "./moto";
import { scenarios } from "./scenarios";

testRemediations("remediations of what only moto has", scenarios.moto, moto);
