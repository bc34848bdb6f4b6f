import { storeNegotiationFaults } from "../../fixtures/reference-server/faults/store-negotiation.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(storeNegotiationFaults);
