import { fault } from "../proof/fault.ts";
import { all, type Concern, headersOf, isMultipartAnswer, route } from "../proof/spoil.ts";

const isRetrieve: Concern = all(isMultipartAnswer, route("GET", /^\/studies\//));

fault("leaves the type out of the Content-Type of multipart answers", {
  noticedBy: ["RETRIEVE-008"],
  answer: headersOf(isRetrieve, (headers) => ({
    ...headers,
    "content-type": headers["content-type"]?.replace(/type="[^"]*"; /, "") ?? "",
  })),
});

fault("calls the parts of every multipart answer DICOM files", {
  noticedBy: ["RETRIEVE-008"],
  answer: headersOf(isRetrieve, (headers) => ({
    ...headers,
    "content-type": headers["content-type"]?.replace(/type="[^"]*"/, 'type="application/dicom"') ?? "",
  })),
});

fault("calls the parts of every multipart answer bytes", {
  noticedBy: ["RETRIEVE-008"],
  answer: headersOf(isRetrieve, (headers) => ({
    ...headers,
    "content-type": headers["content-type"]?.replace(/type="[^"]*"/, 'type="application/octet-stream"') ?? "",
  })),
});
