import { instanceOffers } from "../../fixtures/reference-server/http/negotiation.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, header, headersOf, honest, outcomeOf } from "../proof/spoil.ts";

fault("sends files as they were stored, whichever transfer syntax is asked for", {
  noticedBy: [
    "RETRIEVE-016",
    "RETRIEVE-017",
    "RETRIEVE-018",
    "RETRIEVE-010",
    "RETRIEVE-027",
    "RETRIEVE-030",
    "RETRIEVE-031",
    "RETRIEVE-032",
    "RETRIEVE-034",
    "RETRIEVE-102",
  ],
  behaviour: { deliveredSyntax: (stored) => stored },
});

fault("sends files as they were stored where no transfer syntax is named", {
  noticedBy: ["RETRIEVE-018", "RETRIEVE-010", "RETRIEVE-016", "RETRIEVE-017", "RETRIEVE-034", "RETRIEVE-102"],
  behaviour: outcomeOf("negotiated", (representation, accept) =>
    representation?.mediaType === "application/dicom" && accept?.includes("transfer-syntax") !== true
      ? { ...representation, transferSyntax: "*" }
      : representation,
  ),
});

fault("takes any form of an instance for the default transfer syntax", {
  noticedBy: ["RETRIEVE-017"],
  behaviour: outcomeOf("negotiated", (representation, accept, offers) =>
    representation !== undefined && offers === instanceOffers && accept === "*/*"
      ? { ...representation, transferSyntax: "1.2.840.10008.1.2.1" }
      : representation,
  ),
});

fault("labels what is bare as it was asked for", {
  noticedBy: ["RETRIEVE-010", "RETRIEVE-017"],
  answer: headersOf(
    all(answered(200), header("accept", /^application\/(dicom|octet-stream); transfer-syntax=\*$/)),
    (headers) => ({
      ...headers,
      "content-type": (headers["content-type"] ?? "").replace(/transfer-syntax=[\d.]+/, "transfer-syntax=*"),
    }),
  ),
});

fault("takes the first form of an instance that it has, whatever it is worth", {
  noticedBy: ["RETRIEVE-027"],
  behaviour: {
    negotiated: (accept, offers) => honest.negotiated(accept?.replaceAll(/; *q=[\d.]+/g, ""), offers),
  },
});

fault("transcodes where the stored form is worth the same", {
  noticedBy: ["RETRIEVE-028"],
  behaviour: {
    negotiated: (accept, offers) =>
      honest.negotiated(accept?.replace(/, [^,]*transfer-syntax=\*$/, ""), offers),
  },
});
