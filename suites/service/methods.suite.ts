import {
  came,
  checkRows,
  expect,
  must,
  ps3_18,
  rfc,
  type ServiceResponse,
  something,
  without,
} from "../words.ts";

/**
 * Methods that a resource does not know, each sent to it, and those that Microsoft's service knows there. None of them
 * is DELETE at a resource that holds what others stored: a service that does know it would obey.
 */
const unknownMethods = [
  { method: "PUT", at: "all studies", allowed: ["GET", "POST"] },
  { method: "PATCH", at: "all studies", allowed: ["GET", "POST"] },
  { method: "PUT", at: "a study", allowed: ["DELETE", "GET", "POST"] },
  { method: "POST", at: "the metadata of a study", allowed: ["GET"] },
  { method: "DELETE", at: "the metadata of a study", allowed: ["GET"] },
  { method: "PUT", at: "the change feed", allowed: ["GET"] },
  { method: "POST", at: "the latest entry of the change feed", allowed: ["GET"] },
] as const;

const another = {
  status: [400, 404, 415, 501],
  profile: "dicomweb",
  because: "PS3.18 8.5 leaves it to a server how it refuses a transaction that it does not offer",
} as const;

must(
  "SERVICE-023",
  {
    title: "a method that a resource does not know gives 405, with those that it knows in Allow",
    request: "(every request)",
    profile: "dicomweb",
    clause: [rfc(9110, "15.5.6"), rfc(9110, "10.2.1"), ps3_18("8.5")],
  },
  async ({ service, instances }) => {
    await service.given.served();

    const study = `/studies/${instances.uid()}`;
    const paths = {
      "all studies": "/studies",
      "a study": study,
      "the metadata of a study": `${study}/metadata`,
      "the change feed": "/changefeed",
      "the latest entry of the change feed": "/changefeed/latest",
    };
    const sent = unknownMethods.filter(({ at }) => service.isAzure || !at.includes("feed"));
    await checkRows(
      Object.fromEntries(sent.map((row) => [`${row.method} to ${row.at}`, row])),
      async ({ method, at, allowed }) => {
        const response = await service.send(method, paths[at], { Accept: "*/*" });
        expect(response).toAnswer({ status: 405, tolerate: [another] });
        if (came(response, 405)) {
          const methods = methodsIn(response);
          expect(response).toHold("Allow", methods, service.isAzure ? allowed : something);
          expect(response).toHold("Allow", methods, without(method));
        }
      },
    );
  },
);

/** What Allow lists, in alphabetical order, without those that only tell of the others; undefined where it is missing. */
function methodsIn(response: ServiceResponse): string[] | undefined {
  const methods = response
    .header("Allow")
    ?.split(",")
    .map((name) => name.trim().toUpperCase());
  return methods?.filter((name) => name !== "HEAD" && name !== "OPTIONS").sort();
}
