import { proveFaults } from "../proof/prove-faults.ts";
import { searchFaults } from "./search.faults.ts";

proveFaults(searchFaults);
