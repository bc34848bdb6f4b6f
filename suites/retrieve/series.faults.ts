import { explicitLittleEndian } from "../../fixtures/reference-server/dicom/transfer-syntaxes.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf } from "../proof/spoil.ts";

fault("takes the whole study for a series of it", {
  noticedBy: ["RETRIEVE-002", "RETRIEVE-048", "RETRIEVE-069"],
  behaviour: outcomeOf("retrieved", (found, { study, instance }, archive) =>
    instance === undefined && found.length > 0 ? archive.instances({ studyInstanceUid: study }) : found,
  ),
});

fault("labels every part but the first with the default transfer syntax", {
  noticedBy: ["RETRIEVE-009", "RETRIEVE-047"],
  behaviour: {
    transferSyntaxLabel: (delivered, _, index) => (index === 0 ? delivered : explicitLittleEndian),
  },
});
