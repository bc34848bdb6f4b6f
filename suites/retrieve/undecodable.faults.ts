import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, header, outcomeOf, route, says, textOf } from "../proof/spoil.ts";

fault("leaves videos out of a study", {
  noticedBy: ["RETRIEVE-011", "RETRIEVE-009", "RETRIEVE-026"],
  behaviour: outcomeOf("retrieved", (found) =>
    found.length > 1
      ? found.filter(({ transferSyntaxUid }) => !transferSyntaxUid.startsWith("1.2.840.10008.1.2.4.10"))
      : found,
  ),
});

fault("sends an empty file where it cannot decode one", {
  noticedBy: ["RETRIEVE-034"],
  answer: answerOf(
    all(route("GET", /\/instances\/[^/]+$/), answered(406), says("transcoding is not supported")),
    {
      status: 200,
      type: "application/dicom; transfer-syntax=1.2.840.10008.1.2.1",
      body: "",
    },
  ),
});

fault("sends the stored bytes of a frame that it cannot decode", {
  noticedBy: ["RETRIEVE-034"],
  answer: answerOf(
    all(route("GET", /\/frames\/[^/]+$/), answered(406), says("transcoding is not supported")),
    {
      status: 200,
      type: 'multipart/related; type="application/octet-stream"; boundary=asis',
      body: "--asis\r\nContent-Type: application/octet-stream\r\n\r\npayload\r\n--asis--\r\n",
    },
  ),
});

fault("writes a file anew when its transfer syntax is named", {
  noticedBy: ["RETRIEVE-033", "RETRIEVE-005", "RETRIEVE-006", "RETRIEVE-020", "STORE-061"],
  answer: textOf(
    all(route("GET", /\/instances\/[^/]+$/), header("accept", /transfer-syntax=1/)),
    (bytes) => bytes.replace("DICOMWEB-CONF", "SOMEBODY-ELSE"),
    "latin1",
  ),
});
