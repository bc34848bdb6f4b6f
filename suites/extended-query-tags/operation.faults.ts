import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, headersOf, isOperation, jsonOf, route, statusOf } from "../proof/spoil.ts";

fault("answers 200 for an operation that runs", {
  noticedBy: ["OPERATION-001"],
  behaviour: { operationHttpStatus: () => 200 },
});

fault("lists the tags of an operation instead of their URLs", {
  noticedBy: ["OPERATION-002"],
  answer: jsonOf(isOperation, (operation: { resources: string[] }) => ({
    ...operation,
    resources: operation.resources.map((url) => url.split("/").at(-1)),
  })),
});

fault("still answers 202 when it says for the first time that an operation has succeeded", {
  noticedBy: ["OPERATION-001"],
  perServer: () => {
    const ended = new Set<string>();
    return {
      answer: (answer, request) => {
        const saysItEnded = /"status":"(succeeded|completed)"/.test(answer.body.toString());
        if (isOperation(request) && saysItEnded && !ended.has(request.path)) {
          ended.add(request.path);
          answer.status = 202;
        }
      },
    };
  },
});

fault("tells v1 that an operation has succeeded", {
  noticedBy: ["OPERATION-003"],
  behaviour: { operationStatus: ({ status }) => status },
});

fault("leaves the version out of the Location header of an operation", {
  noticedBy: ["OPERATION-005"],
  answer: headersOf(
    all(route("POST", /^\/extendedquerytags$/), answered(202)),
    ({ location = "", ...headers }) => ({
      ...headers,
      location: location.replace(/\/v[12](?=\/operations\/)/, ""),
    }),
  ),
});

fault("takes an unknown operation for one that has not started", {
  noticedBy: ["OPERATION-007", "OPERATION-008"],
  answer: statusOf(
    all(isOperation, answered(404), ({ path }) => /\/[0-9a-f-]{32,36}$/.test(path)),
    202,
  ),
});

fault("fails on an operation id that is no GUID", {
  noticedBy: ["OPERATION-008"],
  answer: statusOf(
    all(isOperation, ({ path }) => !/\/[0-9a-f-]{32,36}$/i.test(path)),
    500,
  ),
});

fault("takes a malformed operation id for the operation that ended last", {
  noticedBy: ["OPERATION-008"],
  answer: answerOf(
    all(isOperation, answered(404), ({ path }) => !/\/[0-9a-f-]{32,36}$/i.test(path)),
    { status: 200, type: "application/json", body: '{"status":"completed","percentComplete":100}' },
  ),
});
