import { proveFaults } from "../proof/prove-faults.ts";
import { storeFaults } from "./store.faults.ts";

proveFaults(storeFaults);
