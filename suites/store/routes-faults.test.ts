import { proveFaults } from "../proof/prove-faults.ts";
import { storeRoutesFaults } from "./routes.faults.ts";

proveFaults(storeRoutesFaults);
