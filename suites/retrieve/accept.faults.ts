import { studyOffers } from "../../fixtures/reference-server/http/negotiation.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf } from "../proof/spoil.ts";

fault("sends the first instance of a study as a bare file to a client that takes anything", {
  noticedBy: ["RETRIEVE-019"],
  behaviour: outcomeOf("negotiated", (representation, accept, offers) =>
    offers === studyOffers && accept === "*/*"
      ? { multipart: false, mediaType: "application/dicom", transferSyntax: "*" }
      : representation,
  ),
});

fault("takes */* for single part where a study has none", {
  noticedBy: ["RETRIEVE-019"],
  behaviour: outcomeOf("negotiated", (representation, accept, offers) =>
    offers === studyOffers && accept === "*/*" ? undefined : representation,
  ),
});
