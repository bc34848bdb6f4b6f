import { changeFeedFaults } from "../../fixtures/reference-server/faults/change-feed.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(changeFeedFaults);
