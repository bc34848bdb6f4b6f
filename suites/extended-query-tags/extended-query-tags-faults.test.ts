import { proveFaults } from "../proof/prove-faults.ts";
import { extendedQueryTagFaults } from "./extended-query-tags.faults.ts";

proveFaults(extendedQueryTagFaults);
