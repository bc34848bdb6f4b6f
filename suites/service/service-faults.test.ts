import { serviceFaults } from "../../fixtures/reference-server/faults/service.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(serviceFaults);
