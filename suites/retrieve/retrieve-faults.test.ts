import { retrieveFaults } from "../../fixtures/reference-server/faults/retrieve.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(retrieveFaults);
