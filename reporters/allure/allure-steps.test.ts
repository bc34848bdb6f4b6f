import { expect, test } from "vitest";
import type { Picture } from "../../fixtures/wire/exchange.ts";
import { resultWith, sampleExchange } from "../sample-result.testing.ts";
import { stepMessages } from "./allure-steps.ts";

const answering = (status: number, picture?: Picture) => ({
  ...sampleExchange,
  response: {
    status,
    headers: [],
    body: { size: 0, text: "", isBinary: false, isTruncated: false, picture },
  },
});

test("a story is shown step by step, with status and picture, and in full where it broke", () => {
  const picture = { mediaType: "image/jpeg", base64: "AAAA" };
  const steps = [
    { name: "Retrieve-rendered-image", first: 1, end: 3, isDone: true },
    { name: "Search-for-studies", first: 3, end: 4, isDone: false },
  ];
  const exchanges = [answering(200), answering(503), answering(200, picture), answering(404)];
  const messages = stepMessages(resultWith({ verdict: "violates", exchanges, decisive: 3, steps }));
  const told = messages.map(({ type, data }) => {
    const { name = "", status = "", contentType = "" } = data as Record<string, string>;
    return [type, name, status || contentType].filter(Boolean).join(" | ");
  });
  expect(told).toEqual([
    "step_start | Retrieve-rendered-image: 200",
    "attachment_content | exchanges | text/plain",
    "attachment_content | rendered by the service | image/jpeg",
    "step_stop | passed",
    "step_start | Search-for-studies: 404",
    expect.stringMatching(
      /^attachment_content \| decisive: .* → 404 \| application\/vnd\.allure\.http\+json$/,
    ),
    "step_stop | failed",
  ]);
});
