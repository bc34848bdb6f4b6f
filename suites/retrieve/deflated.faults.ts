import { deflatedLittleEndian } from "../../fixtures/reference-server/dicom/transfer-syntaxes.ts";
import { fault } from "../proof/fault.ts";

fault("sends deflated bytes under the label of plain ones", {
  noticedBy: ["RETRIEVE-102"],
  behaviour: {
    deliveredSyntax: (stored, requested) =>
      stored === deflatedLittleEndian || requested === "*" ? stored : requested,
    transferSyntaxLabel: (delivered) =>
      delivered === deflatedLittleEndian ? "1.2.840.10008.1.2.1" : delivered,
  },
});
