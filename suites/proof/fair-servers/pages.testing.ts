import type { Answer, Arrival } from "../../../fixtures/reference-server/fault.ts";
import type { Peculiarity } from "../peculiar-server.testing.ts";
import { isSearch } from "../spoil.ts";

const largestPage = 3;

/** Shows three matches at a time, whatever the limit, and says how many more there are (PS3.18 8.3.4.4.1). */
export const pagesOfItsOwn: Peculiarity = {
  behaviour: { page: (entries) => entries },
  answer: (answer, request) => cutPage(answer, request),
};

function cutPage(answer: Answer, request: Arrival): void {
  if (!isSearch(request) || answer.status !== 200) {
    return;
  }
  const asked = new URLSearchParams(request.path.split("?")[1]);
  const number = (name: string, fallback: number) => Number(asked.get(name) ?? fallback);
  const matches: unknown[] = JSON.parse(answer.body.toString());
  const offset = number("offset", 0);
  const page = matches.slice(offset, offset + Math.min(number("limit", largestPage), largestPage));
  const left = matches.length - offset - page.length;
  if (left > 0) {
    answer.headers.warning = `299 fair.example: There are ${left} additional results that can be requested`;
  }
  answer.status = page.length > 0 ? 200 : 204;
  answer.body = Buffer.from(page.length > 0 ? JSON.stringify(page) : "");
}
