import { testRemediations } from "./harness";
import { scenarios } from "./scenarios";

testRemediations("remediations, on MiniStack", scenarios.ministack);
