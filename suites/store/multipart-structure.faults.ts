import { readFileSync, truncateSync } from "node:fs";
import { fault } from "../proof/fault.ts";
import { all, answered, header, headerTo, isStore, isStoreOf, says, statusOf } from "../proof/spoil.ts";

fault("fails with 500 on a start parameter", {
  noticedBy: ["STORE-057"],
  answer: statusOf(isStoreOf(/start=/), 500),
});

fault("answers 200 to part headers that it cannot read", {
  noticedBy: ["STORE-057"],
  answer: statusOf(all(isStore, answered(400), says("no colon")), 200),
});

fault("passes over parts with a header that it does not know", {
  noticedBy: ["STORE-058"],
  behaviour: {
    countedParts: (parts) =>
      parts.filter(({ headers }) => Object.keys(headers).every((name) => name.startsWith("content-"))),
  },
});

fault("takes the end of the body for the end of a part", {
  noticedBy: ["STORE-059"],
  behaviour: { endsPart: () => true },
});

fault("trims line breaks from the end of a part", {
  noticedBy: ["STORE-060"],
  behaviour: {
    countedParts: (parts) => {
      for (const { path } of parts) {
        const bytes = readFileSync(path);
        if (bytes.subarray(-2).toString() === "\r\n") {
          truncateSync(path, bytes.length - 2);
        }
      }
      return parts;
    },
  },
});

fault("does not take chunked requests", {
  noticedBy: ["STORE-073"],
  arrival: headerTo(all(isStore, header("transfer-encoding", /chunked/)), "content-type", "text/plain"),
});

fault("drops the last part of a body that breaks off, without a word", {
  noticedBy: ["STORE-059"],
  perServer: () => {
    let isCut = false;
    return {
      behaviour: {
        endsPart: () => {
          isCut = true;
          return true;
        },
        countedParts: (parts) => {
          const counted = isCut ? parts.slice(0, -1) : parts;
          isCut = false;
          return counted;
        },
      },
    };
  },
});

fault("calls a store that expects 100 Continue a bad request", {
  noticedBy: ["STORE-073"],
  answer: statusOf(all(isStore, header("expect", /./)), 400),
});
