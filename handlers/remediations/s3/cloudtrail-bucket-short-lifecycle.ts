import { fieldsOf, listOf } from "../../cloudtrail/record";
import { fieldOf, numberOf, objectsOf } from "../../detections/readers/request";
import type { Finding } from "../../findings/finding";
import type { CallAws, PlanContext, Remediation } from "../remediation";
import { alreadyOk, callsTo, changedSince, refused, requested, unlessGone } from "../support";
