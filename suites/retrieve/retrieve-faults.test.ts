import { proveFaults } from "../proof/prove-faults.ts";
import { retrieveFaults } from "./retrieve.faults.ts";

proveFaults(retrieveFaults);
