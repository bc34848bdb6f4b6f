import { storeFaults } from "../../fixtures/reference-server/faults/store.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(storeFaults);
