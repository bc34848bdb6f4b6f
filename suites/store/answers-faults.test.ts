import { storeAnswersFaults } from "../../fixtures/reference-server/faults/store-answers.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(storeAnswersFaults);
