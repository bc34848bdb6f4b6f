import { type Command, Option } from "commander";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { guardSecret } from "../../fixtures/wire/secrets.ts";
import { switchOption } from "../options.ts";

/** Ways to sign in that a person can ask for. */
export type SignIn = "none" | "bearer" | "basic" | "client" | "default";

/** What the flags say of how the run gets into the service. */
export interface AccessFlags {
  readonly auth?: SignIn;
  readonly token?: string;
  /** File. */
  readonly postmanEnvironment?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  /** PEM file with certificate and key. */
  readonly clientCertificate?: string;
  readonly resource?: string;
  readonly authority?: string;
  readonly readerClientId?: string;
  readonly strangerClientId?: string;
  readonly header: readonly (readonly [name: string, value: string])[];
  /** PEM file. */
  readonly ca?: string;
  readonly insecure: boolean;
}

/** What is never written anywhere, whether or not it is used; a run guards them before it says its first word. */
export const secretVariables = [
  "DICOM_BEARER_TOKEN",
  "DICOM_PASSWORD",
  "DICOM_READER_TOKEN",
  "DICOM_READER_CLIENT_SECRET",
  "DICOM_STRANGER_TOKEN",
  "DICOM_STRANGER_CLIENT_SECRET",
  "DICOM_EXPIRED_TOKEN",
  "AZURE_CLIENT_SECRET",
] as const;

/** Flags of every verb that is about a service. @throws UsageError */
export function addAccessOptions(command: Command): Command {
  const options = [
    new Option("--auth <way>", "how to sign in; decided by what else is given where it is absent")
      .choices(["none", "bearer", "basic", "client", "default"])
      .env("DICOM_AUTH"),
    new Option(
      "--token <token>",
      "bearer token; better in the variable DICOM_BEARER_TOKEN than on the command line;" +
        " DICOM_EXPIRED_TOKEN is one that was good once, for the suite authorize",
    ).argParser(readToken),
    new Option("--postman-environment <file>", "URL and credentials as Postman exports them").env(
      "DICOM_POSTMAN_ENVIRONMENT",
    ),
    new Option("--tenant-id <id>", "of Entra (variable: AZURE_TENANT_ID)"),
    new Option(
      "--client-id <id>",
      "of the app registration (variable: AZURE_CLIENT_ID); its secret only by AZURE_CLIENT_SECRET",
    ),
    new Option(
      "--client-certificate <file>",
      "PEM with certificate and key, instead of a secret (variable: AZURE_CLIENT_CERTIFICATE_PATH)",
    ),
    new Option("--resource <uri>", "what the token is for; absent: Azure's DICOM service").env(
      "DICOM_RESOURCE",
    ),
    new Option("--authority <url>", "who issues the token (variable: AZURE_AUTHORITY_HOST)").argParser(
      authority,
    ),
    new Option(
      "--reader-client-id <id>",
      "client that may only read, with DICOM_READER_CLIENT_SECRET; or a token in DICOM_READER_TOKEN",
    ).env("DICOM_READER_CLIENT_ID"),
    new Option(
      "--stranger-client-id <id>",
      "client without any role, with DICOM_STRANGER_CLIENT_SECRET; or a token in DICOM_STRANGER_TOKEN",
    ).env("DICOM_STRANGER_CLIENT_ID"),
    new Option(
      "--header <line>",
      '"Name: value", sent with each request and kept secret, such as a gateway key; repeatable, in the variable one a line',
    )
      .argParser(appendHeaders)
      .default([], "none")
      .env("DICOM_HEADER"),
    new Option("--ca <file>", "PEM with certificates of authorities that are believed as well").env(
      "DICOM_CA",
    ),
    switchOption(
      "--insecure",
      "believe any certificate of the service, and say so in every report; never one of the authority",
      "DICOM_INSECURE",
    ),
  ];
  for (const option of options) {
    command.addOption(option);
  }
  return command.addHelpText("after", precedence);
}

const precedence = `
Who signs in, where --auth does not say it; the first that is given counts:
  --token; --client-id or --client-certificate; the Postman environment; DICOM_BEARER_TOKEN; DICOM_USERNAME with
  DICOM_PASSWORD; AZURE_TENANT_ID with AZURE_CLIENT_ID, for hosts of Azure's DICOM service only; nobody.
The embedded server asks nobody, and is told nothing.`;

/** Never repeats the text: commander would print it. @throws UsageError */
export function readToken(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^[\x21-\x7e]*$/.test(trimmed)) {
    throw new UsageError(
      "The token has blanks, line ends or other characters that no token has: was it cut out whole?",
    );
  }
  guardSecret(trimmed);
  return trimmed || undefined;
}

/** They are the client's own, or have a flag of their own. */
const reserved =
  /^(authorization|proxy-authorization|host|connection|content-(length|type)|transfer-encoding|accept)$/i;

/** @throws UsageError without the value, which is a secret */
function appendHeaders(text: string, previous: AccessFlags["header"]): AccessFlags["header"] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return [...previous, ...lines.map(readHeader)];
}

function readHeader(line: string): readonly [string, string] {
  const [, name, value] =
    /^\s*([\w!#$%&'*+.^`|~-]+):\s*([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)\s*$/.exec(line) ?? [];
  guardSecret(value ?? line.trim());
  if (name === undefined || value === undefined) {
    throw new UsageError('--header is no header: write it as "Name: value", in plain characters.');
  }
  if (reserved.test(name)) {
    throw new UsageError(
      /authorization$/i.test(name)
        ? `--header does not take ${name}: --auth says how to sign in, and a proxy's credentials stand in its URL.`
        : `--header does not take ${name}, which the suite sends itself.`,
    );
  }
  return [name, value];
}

/** @throws UsageError */
export function authority(text: string): string {
  if (!/^https:\/\/[^/\s?#@]+\/?$/.test(text) || !URL.canParse(text)) {
    throw new UsageError("--authority is no https URL of a host, such as https://login.microsoftonline.us.");
  }
  return text.replace(/\/$/, "");
}
