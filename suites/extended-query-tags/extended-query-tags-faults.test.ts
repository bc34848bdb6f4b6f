import { extendedQueryTagFaults } from "../../fixtures/reference-server/faults/extended-query-tags.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(extendedQueryTagFaults);
