import { proveFaults } from "../proof/prove-faults.ts";
import { storeFidelityFaults } from "./fidelity.faults.ts";

proveFaults(storeFidelityFaults);
