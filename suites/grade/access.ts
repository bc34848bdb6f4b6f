import type { CredentialSource } from "../../fixtures/client/credentials/access.ts";
import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import type { Criterion } from "../../fixtures/grading/challenge.ts";
import type { Reach } from "../../fixtures/targets/smoke.ts";
import type { Finding, GradeVerdict } from "./grade.ts";

type Obstacle = Exclude<Reach["kind"], "answers" | "wrong version">;

/**
 * What each answer says of the student. Silence and a busy service say nothing, nor does a token that is missing or too
 * old: a coach who looks on another day has another one.
 */
const obstacles: Readonly<Record<Obstacle, { verdict: GradeVerdict; next?: string }>> = {
  silent: { verdict: "not seen" },
  busy: { verdict: "not seen" },
  fails: { verdict: "not seen" },
  "needs a token": { verdict: "not seen" },
  "refuses the token": { verdict: "not seen" },
  "no token": {
    verdict: "not met",
    next: 'Mend tenantId, clientId and clientSecret in the Postman environment until "AuthorizeGetToken" answers 200',
  },
  forbids: {
    verdict: "not met",
    next:
      "Give the Postman client the role DICOM Data Owner in the service's Access Control (IAM), wait some minutes, and" +
      " get a new token: the service answers 403 to it",
  },
  "no partition yet": { verdict: "not met" },
  "wrong partition": { verdict: "not met", next: "Mend the data partition in baseUrl as it says" },
  redirects: { verdict: "not met", next: "Put the service's own address into baseUrl" },
  "no DICOMweb": {
    verdict: "not met",
    next: "Copy the Service URL from the DICOM service's page in the portal, and end it in /v1",
  },
};

/** What the first look at a service says of the criterion that it can be reached and read. */
export function accessFinding(
  { next: undone }: Criterion,
  endpoint: Endpoint,
  reach: Reach,
  credential: CredentialSource,
): Finding {
  const url = { name: "baseUrl", value: endpoint.baseUrl };
  if (reach.kind === "answers") {
    return {
      verdict: "met",
      finding: `answers a search under ${endpoint.baseUrl}`,
      facts: [
        url,
        { name: "version", value: endpoint.api ?? "none in the URL" },
        { name: "token", value: tokenWord(credential) },
        { name: "reading", value: "allowed" },
      ],
    };
  }
  const finding = reach.sentence.replace(/\.$/, "");
  if (reach.kind === "wrong version") {
    const next = `End baseUrl in the version that the service has: ${reach.right}`;
    return { verdict: "not met", finding, next, facts: [url, { name: "looked at", value: reach.right }] };
  }
  const { verdict, next = verdict === "not met" ? undone : undefined } = obstacles[reach.kind];
  return { verdict, finding, next, facts: [url] };
}

function tokenWord({ kind }: CredentialSource): string {
  if (kind === "none") {
    return "none was sent, and none was asked for";
  }
  return kind === "client-secret" || kind === "client-certificate" || kind === "default"
    ? "issued and accepted"
    : "accepted";
}
