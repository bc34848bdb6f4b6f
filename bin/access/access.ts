import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Access, anonymousAccess, guardSecretsOf } from "../../fixtures/client/credentials/access.ts";
import { isProxyNamed, proxyVariables } from "../../fixtures/client/transport/proxy.ts";
import { missingKey, readPostmanEnvironment } from "../../fixtures/targets/postman-environment.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { type AccessFlags, readToken } from "./access-options.ts";
import { type Given, otherSignIn, signIn } from "./sign-in.ts";

/** Which service, how the run gets into it, and what of that a person should be told. */
export interface Reached {
  /** Absent: the embedded reference server or containers, which let everybody in. */
  readonly url?: string;
  readonly access: Access;
  readonly remark?: string;
}

/** @throws UsageError */
export function reach(
  flags: AccessFlags & { readonly url?: string },
  variables: Given["variables"] = process.env,
): Reached {
  const file = flags.postmanEnvironment;
  const postman = file === undefined ? undefined : readPostmanEnvironment(file);
  const url = flags.url ?? postman?.baseUrl;
  if (url === undefined) {
    if (file !== undefined) {
      throw missingKey(file, "baseUrl");
    }
    return {
      access: anonymousAccess,
      remark: flags.token && "The token is not used: what is started here asks for none.",
    };
  }
  requireProxies(variables);
  const given: Given = { flags, variables, postman, url };
  const { credential, remark } = signIn(given);
  const access: Access = {
    credential,
    reader: otherSignIn("reader", given),
    stranger: otherSignIn("stranger", given),
    expiredToken: readToken(variables.DICOM_EXPIRED_TOKEN ?? "") ?? postman?.expiredToken,
    headers: flags.header,
    tls: { ca: flags.ca === undefined ? undefined : readCertificates(flags.ca), isInsecure: flags.insecure },
  };
  guardSecretsOf(access);
  return { url, access, remark };
}

/** @throws UsageError without the value, which may hold a password */
function requireProxies(variables: Given["variables"]): void {
  isProxyNamed(variables);
  const wrong = proxyVariables.find((name) => variables[name] && !isProxyUrl(variables[name]));
  if (wrong !== undefined) {
    throw new UsageError(`${wrong} is no URL of a proxy: write it as http://proxy:8080.`);
  }
}

function isProxyUrl(text: string): boolean {
  return /^(https?|socks5?):\/\//i.test(text) && URL.canParse(text);
}

/**
 * @returns PEM text
 * @throws UsageError for a file with anything else
 */
function readCertificates(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    for (const certificate of certificates) {
      new X509Certificate(certificate);
    }
    if (certificates.length > 0) {
      return certificates.join("\n");
    }
  } catch (error) {
    throw new UsageError(`--ca ${file} cannot be read: ${(error as Error).message}.`);
  }
  throw new UsageError(
    `--ca ${file} holds no certificate: it is a PEM file that begins with BEGIN CERTIFICATE.`,
  );
}
