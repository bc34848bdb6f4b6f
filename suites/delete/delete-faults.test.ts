import { deleteFaults } from "../../fixtures/reference-server/faults/delete.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(deleteFaults);
