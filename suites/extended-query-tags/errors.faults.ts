import { fault } from "../proof/fault.ts";
import { answerOf, type Concern, jsonOf, pathTo, route } from "../proof/spoil.ts";

const isEmptyErrorList: Concern = ({ path }, { body }) =>
  path.endsWith("/errors") && body.toString() === "[]";

fault("leaves a tag enabled whose re-index met bad values", {
  noticedBy: ["TAGS-045"],
  behaviour: { queryStatusAfterError: () => "enabled" },
});

fault("does not page the errors of a tag", {
  noticedBy: ["TAGS-046"],
  arrival: pathTo(route("GET", /\/errors\?/), (path) => path.replace(/\?.*/, "")),
});

fault("warns of the errors of every tag that is searched by", {
  noticedBy: ["TAGS-047", "TAGS-032"],
  behaviour: { erroneousAttributes: (filters) => filters.map(({ name }) => name) },
});

fault("writes the times of errors by the clock of another zone", {
  noticedBy: ["TAGS-046"],
  answer: jsonOf(route("GET", /\/errors(\?|$)/), (errors: { createdTime: string }[]) =>
    errors.map((error) => {
      const later = new Date(Date.parse(`${error.createdTime}Z`) + 7_200_000).toISOString();
      return { ...error, createdTime: later.replace("Z", "") };
    }),
  ),
});

fault("has no list of errors for a tag without errors", {
  noticedBy: ["TAGS-046"],
  answer: answerOf(isEmptyErrorList, { status: 204, body: "" }),
});
