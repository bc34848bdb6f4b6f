import { proveFaults } from "../proof/prove-faults.ts";
import { storeIdentityFaults } from "./identity.faults.ts";

proveFaults(storeIdentityFaults);
