import { proveFaults } from "../proof/prove-faults.ts";
import { storeValidationFaults } from "./validation.faults.ts";

proveFaults(storeValidationFaults);
