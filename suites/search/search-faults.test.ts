import { searchFaults } from "../../fixtures/reference-server/faults/search.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(searchFaults);
