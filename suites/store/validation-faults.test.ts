import { storeValidationFaults } from "../../fixtures/reference-server/faults/store-validation.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(storeValidationFaults);
