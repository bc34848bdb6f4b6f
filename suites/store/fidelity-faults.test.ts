import { storeFidelityFaults } from "../../fixtures/reference-server/faults/store-fidelity.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(storeFidelityFaults);
