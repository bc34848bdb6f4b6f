import { storeRoutesFaults } from "../../fixtures/reference-server/faults/store-routes.ts";
import { proveFaults } from "../prove-faults.ts";

proveFaults(storeRoutesFaults);
