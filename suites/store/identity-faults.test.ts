import { storeIdentityFaults } from "../../fixtures/reference-server/faults/store-identity.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(storeIdentityFaults);
