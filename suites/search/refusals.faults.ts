import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, route } from "../proof/spoil.ts";

fault("refuses a negative offset of series without a word", {
  noticedBy: ["SEARCH-092"],
  answer: answerOf(all(route("GET", /^\/series\?offset=/), answered(400)), { body: "" }),
});

fault("refuses markup in a search with a web page that repeats it", {
  noticedBy: ["SEARCH-092"],
  answer: (answer, request) => {
    const body = `<h1>400</h1>${decodeURIComponent(request.path)}`;
    answerOf(all(route("GET", /\?\w+=%3C/), answered(400)), { type: "text/html", body })(answer, request);
  },
});

fault("refuses a limit of instances with a stack trace", {
  noticedBy: ["SEARCH-092"],
  answer: (answer, request) => {
    const body = `System.ArgumentException: ${answer.body}\n   at Dicom.Query.Parser.Parse(String text)`;
    answerOf(all(route("GET", /^\/instances\?limit=/), answered(400)), { type: "text/plain", body })(
      answer,
      request,
    );
  },
});
