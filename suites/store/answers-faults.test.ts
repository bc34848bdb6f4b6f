import { proveFaults } from "../proof/prove-faults.ts";
import { storeAnswersFaults } from "./answers.faults.ts";

proveFaults(storeAnswersFaults);
