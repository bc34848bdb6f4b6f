import { proveFaults } from "../proof/prove-faults.ts";
import { storeNegotiationFaults } from "./negotiation.faults.ts";

proveFaults(storeNegotiationFaults);
