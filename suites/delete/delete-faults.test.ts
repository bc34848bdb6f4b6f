import { proveFaults } from "../proof/prove-faults.ts";
import { deleteFaults } from "./delete.faults.ts";

proveFaults(deleteFaults);
