import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { changeFeedFaults } from "../change-feed/change-feed.faults.ts";
import { deleteFaults } from "../delete/delete.faults.ts";
import { extendedQueryTagFaults } from "../extended-query-tags/extended-query-tags.faults.ts";
import { retrieveFaults } from "../retrieve/retrieve.faults.ts";
import { searchFaults } from "../search/search.faults.ts";
import { serviceFaults } from "../service/service.faults.ts";
import { storeAnswersFaults } from "../store/answers.faults.ts";
import { storeFidelityFaults } from "../store/fidelity.faults.ts";
import { storeIdentityFaults } from "../store/identity.faults.ts";
import { storeNegotiationFaults } from "../store/negotiation.faults.ts";
import { storeRoutesFaults } from "../store/routes.faults.ts";
import { storeFaults } from "../store/store.faults.ts";
import { storeValidationFaults } from "../store/validation.faults.ts";

/** Every fault that the self-test proves the requirements with. */
export const faults: readonly Fault[] = [
  ...serviceFaults,
  ...storeFaults,
  ...storeAnswersFaults,
  ...storeValidationFaults,
  ...storeIdentityFaults,
  ...storeNegotiationFaults,
  ...storeRoutesFaults,
  ...storeFidelityFaults,
  ...retrieveFaults,
  ...searchFaults,
  ...deleteFaults,
  ...changeFeedFaults,
  ...extendedQueryTagFaults,
];
