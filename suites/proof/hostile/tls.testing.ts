import { writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { key, certificate as own } from "../loopback-certificate.testing.ts";
import { type Kind, rare, smokeOnly } from "./kind.ts";
import { json, listen, type Reply, tlsService } from "./raw-service.testing.ts";

const ofAnotherHost = `-----BEGIN CERTIFICATE-----
MIIBoTCCAUegAwIBAgIUDq+Oc9Sd3Cb8uy1qPpzJbRjqHOowCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTAgFw0yNjExMjcyMzUwNDVaGA8yMTI2
MTEwMzIzNTA0NVowGDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABHkTNFvJ1ysJG9V1+XYMWDRJAQhQWF2Ha8a5iCmhIp8L
anV5xUtlrI/hS1XAmvyLpgFRwd8ilMIlCA3jGOmCg0+jbTBrMB0GA1UdDgQWBBQO
uq7a+5G8u8fqgcZDPAqF3ErrZzAfBgNVHSMEGDAWgBQOuq7a+5G8u8fqgcZDPAqF
3ErrZzAPBgNVHRMBAf8EBTADAQH/MBgGA1UdEQQRMA+CDW90aGVyLmV4YW1wbGUw
CgYIKoZIzj0EAwIDSAAwRQIgG4srjX+oFzCONxHrrRpX/dWKTOjYP3qlBSCc0lD8
6IoCIQDw+dPIciSuLYI+mfhIiGOBWoFBw0vZHhpsdFE6f/0k9w==
-----END CERTIFICATE-----`;

const expired = `-----BEGIN CERTIFICATE-----
MIIBfDCCASKgAwIBAgIBATAKBggqhkjOPQQDAjAlMSMwIQYDVQQDDBpob3N0aWxl
IHNlbGYtdGVzdCwgZXhwaXJlZDAeFw0wMDAxMDEwMDAwMDBaFw0wMTAxMDEwMDAw
MDBaMCUxIzAhBgNVBAMMGmhvc3RpbGUgc2VsZi10ZXN0LCBleHBpcmVkMFkwEwYH
KoZIzj0CAQYIKoZIzj0DAQcDQgAEeRM0W8nXKwkb1XX5dgxYNEkBCFBYXYdrxrmI
KaEinwtqdXnFS2Wsj+FLVcCa/IumAVHB3yKUwiUIDeMY6YKDT6NDMEEwDwYDVR0R
BAgwBocEfwAAATAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBQOuq7a+5G8u8fq
gcZDPAqF3ErrZzAKBggqhkjOPQQDAgNIADBFAiBr/x8kzoo9x4UYpHCFnS2C536+
kXFBxnz04aSFVrxazQIhAL0RVG2VWWbsYSBNOYb4yaODMqE1PN8i8YhF+WnzR1qn
-----END CERTIFICATE-----`;

const honest: Reply = (socket) => socket.end(`${json}Content-Length: 3\r\n\r\n404`);
const asksWhetherItRuns = "Is the service running";

/** In the smoke step; what it says must tell what to do, and not ask whether the service runs. */
function withTls(name: string, open: Kind["open"], advice: RegExp, more: Partial<Kind> = {}): Kind {
  const says = new RegExp(`^(?!.*${asksWhetherItRuns}).*${advice.source}`, "m");
  return { name, flags: smokeOnly, exitCode: 2, says, open, ...more };
}

/** What can be wrong before the first byte of HTTP. */
export const tlsKinds: readonly Kind[] = [
  withTls(
    "has a certificate that it signed itself",
    () => tlsService({ key, cert: own }, honest),
    /--ca authority\.pem/,
  ),
  withTls(
    "has a certificate of another host",
    async ({ folder }) => {
      const authority = join(folder, "authority.pem");
      writeFileSync(authority, ofAnotherHost);
      const scene = await tlsService({ key, cert: ofAnotherHost }, honest);
      return { ...scene, environment: { NODE_EXTRA_CA_CERTS: authority } };
    },
    /its certificate is of another host: write the host in the URL as the certificate names it/,
  ),
  rare(
    withTls(
      "has a certificate of the year 2000",
      () => tlsService({ key, cert: expired }, honest),
      /certificate/,
    ),
  ),
  withTls("speaks plain HTTP where https is asked for", httpsAtPlainPort, /write http:\/\//),
  withTls("speaks TLS where http is asked for", httpAtTlsPort, /https:\/\//),
  rare(
    withTls(
      "knows none of the TLS versions of today",
      () =>
        tlsService(
          { key, cert: own, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
          honest,
        ),
      /the TLS connection failed: .*(protocol|version)/,
    ),
  ),
  rare({
    name: "takes the connection, and never greets with TLS",
    flags: ["--timeout", "1"],
    exitCode: 2,
    says: /no response within 1 s/,
    open: async () => {
      const { port, close } = await listen(createServer((socket) => void socket.on("error", () => {})));
      return { url: `https://127.0.0.1:${port}/v2`, close };
    },
  }),
];

async function httpsAtPlainPort() {
  const { port, close } = await listen(createHttpServer((_, response) => response.end()));
  return { url: `https://127.0.0.1:${port}/v2`, close };
}

async function httpAtTlsPort() {
  const scene = await tlsService({ key, cert: own }, honest);
  return { ...scene, url: scene.url.replace("https:", "http:") };
}
