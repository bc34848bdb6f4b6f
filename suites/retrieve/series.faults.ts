import { explicitLittleEndian } from "../../fixtures/reference-server/dicom/transfer-syntaxes.ts";
import { fault } from "../proof/fault.ts";
import { outcomeOf } from "../proof/spoil.ts";

const mpeg2 = "1.2.840.10008.1.2.4.100";

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

fault("takes any series of a study for its first one", {
  noticedBy: ["RETRIEVE-002", "RETRIEVE-048"],
  behaviour: outcomeOf("retrieved", (found, { study, series, instance }, archive) => {
    const [first] = archive.instances({ studyInstanceUid: study });
    return series === undefined || instance !== undefined || found.length === 0
      ? found
      : archive.instances({ studyInstanceUid: study, seriesInstanceUid: first?.seriesInstanceUid });
  }),
});

fault("leaves videos out of studies and series", {
  noticedBy: ["RETRIEVE-009", "RETRIEVE-011", "RETRIEVE-026", "RETRIEVE-034"],
  behaviour: outcomeOf("retrieved", (found, { instance }) =>
    instance === undefined ? found.filter(({ transferSyntaxUid }) => transferSyntaxUid !== mpeg2) : found,
  ),
});
