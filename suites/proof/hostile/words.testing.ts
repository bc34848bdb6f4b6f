import { gateway } from "./gateway.testing.ts";
import { judging, type Kind, rare, secret } from "./kind.ts";
import { inJson } from "./leaks.ts";
import { atOnce, json } from "./raw-service.testing.ts";

const escapes =
  "\u001b]0;owned\u0007\u001b[2J\u001b[31m\u009b31m\u0090q\u202e\rConforms: 99 requirement(s)\b\b\u0000";
const script = `"><script>document.title = 'owned'</script><img src=x onerror=alert(1)>]]>`;

function html(status: number, body: string, headers = ""): string {
  const length = Buffer.byteLength(body);
  return `HTTP/1.1 ${status} Odd\r\nContent-Type: text/html\r\nContent-Length: ${length}\r\n${headers}\r\n${body}`;
}

/** Forms in which a server can give back what it was sent. */
function echoes(): string[] {
  const forms = [
    secret,
    `Bearer ${secret}`,
    secret.toLowerCase(),
    secret.toUpperCase(),
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    inJson(secret),
    secret.replaceAll("+", "\\u002b").replaceAll("/", "\\/"),
    [...secret].map((character) => `&#${character.charCodeAt(0)};`).join(""),
    Buffer.from(secret).toString("hex"),
    ...["", "u:", "user:", "Bearer "].map((before) => Buffer.from(before + secret).toString("base64")),
    `Basic ${Buffer.from(`user:${secret}`).toString("base64url")}`,
    `${secret.slice(0, 18)}\n${secret.slice(18)}`,
    `${secret.slice(0, 18)}", "${secret.slice(18)}`,
  ];
  return forms;
}

function leaking(name: string, url: (address: string) => string, says: RegExp): Kind {
  const kind = atOnce(name, (socket) => socket.end(`${json}Content-Length: 2\r\n\r\n[]`), says);
  return {
    ...kind,
    open: async (setting) => {
      const scene = await kind.open(setting);
      return { ...scene, url: url(scene.url) };
    },
  };
}

/** Words of a server that are meant for the terminal, the browser, or for whoever may read the report. */
export const wordKinds: readonly Kind[] = [
  atOnce(
    "answers the first search with escape sequences",
    (socket) => socket.end(html(404, escapes)),
    /is not a DICOMweb service/,
  ),
  rare(
    atOnce(
      "fails, in escape sequences",
      (socket) => socket.end(html(500, escapes)),
      /fails at a plain search, .* \(status 500/,
    ),
  ),
  atOnce(
    "redirects to escape sequences",
    (socket) => socket.end(Buffer.from(html(302, "", `Location: /\u009b31m\u001b[2J/v2\r\n`), "latin1")),
    /redirects to|breaks the rules of HTTP/,
  ),
  rare(
    atOnce(
      "names a media type in escape sequences",
      (socket) =>
        socket.end(
          Buffer.from(
            "HTTP/1.1 404 \u009b31m\r\nContent-Type: a/\u009b31m\r\nContent-Length: 0\r\n\r\n",
            "latin1",
          ),
        ),
      /is not a DICOMweb service|breaks the rules of HTTP/,
    ),
  ),
  leaking("has escape sequences in its own URL", (url) => `${url}/\u001b[31m\u009b/v9?`, /\S/),
  {
    name: "puts escape sequences and scripts into all it says",
    flags: judging("STORE-001", "STORE-002", "RETRIEVE-051", "SEARCH-081"),
    exitCode: 1,
    says: /Does not conform: \d violation/,
    open: () =>
      gateway(({ path, number, pass, answer }) => {
        if (path.includes("limit=1") && number < 3) {
          return pass();
        }
        const type = number % 2 === 0 ? "application/dicom+json" : "text/html";
        return answer(
          418,
          { "Content-Type": type, "X-Odd": script },
          JSON.stringify([escapes, script]) + escapes + script,
        );
      }),
  },
  atOnce(
    "tells the token in the first answer",
    (socket) => socket.end(html(400, echoes().join("\n"), `X-Echo: ${secret}\r\n`)),
    /is not a DICOMweb service/,
  ),
  rare(
    atOnce(
      "begins its refusal with the token, escaped for JSON and cut in two",
      (socket) => socket.end(html(500, `${inJson(secret.slice(0, 18))}\n${inJson(secret.slice(18))}`)),
      /fails at a plain search, .* \(status 500/,
    ),
  ),
  rare(
    atOnce(
      "begins its refusal with user and token in base64",
      (socket) => socket.end(html(500, `Basic ${Buffer.from(`user:${secret}`).toString("base64")}`)),
      /fails at a plain search, .* \(status 500/,
    ),
  ),
  {
    name: "tells the token in all it says, in every encoding",
    flags: judging("STORE-001", "STORE-002", "RETRIEVE-051", "RETRIEVE-001", "SEARCH-081"),
    exitCode: 1,
    says: /Does not conform: \d violation/,
    open: () =>
      gateway(({ path, number, pass, answer }) => {
        if (path.includes("limit=1") && number < 3) {
          return pass();
        }
        const forms = echoes();
        const headers = Object.fromEntries(
          forms.filter((form) => !form.includes("\n")).map((form, index) => [`X-Echo-${index}`, form]),
        );
        const type = number % 2 === 0 ? "application/dicom+json" : "text/plain";
        const dataset = forms.map((form) => ({ [form]: { vr: form, Value: [form] } }));
        return answer(200, { ...headers, "Content-Type": type }, JSON.stringify(dataset) + forms.join("\n"));
      }),
  },
  leaking(
    "has a secret in the query of its URL",
    (url) => `${url}?sig=${secret}`,
    /has a query or a fragment/,
  ),
  leaking(
    "has user and password in its URL",
    (url) => url.replace("//", `//user:${encodeURIComponent(secret)}@`),
    /Credentials do not belong/,
  ),
  rare(
    leaking(
      "has a secret in a URL that is none",
      (url) => `${url.replace("http:", "htp:")}?sig=${secret}`,
      /is no http or https URL/,
    ),
  ),
];
