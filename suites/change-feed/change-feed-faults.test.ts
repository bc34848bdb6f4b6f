import { proveFaults } from "../proof/prove-faults.ts";
import { changeFeedFaults } from "./change-feed.faults.ts";

proveFaults(changeFeedFaults);
