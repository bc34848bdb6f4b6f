import { proveFaults } from "../proof/prove-faults.ts";
import { serviceFaults } from "./service.faults.ts";

proveFaults(serviceFaults);
