import {
  type AuthoritySource,
  type CredentialSource,
  defaultResource,
} from "../../fixtures/client/credentials/access.ts";
import {
  missingKey,
  type PostmanEnvironment,
  type PostmanKey,
} from "../../fixtures/targets/postman-environment.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import { requireFilled } from "../variables.ts";
import { type AccessFlags, authority, readToken, type SignIn } from "./access-options.ts";

/** All that a person, or what runs the command for one, gave to sign in with. */
export interface Given {
  readonly flags: AccessFlags;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What is read from --postman-environment. */
  readonly postman: PostmanEnvironment | undefined;
  /** Of the service. */
  readonly url: string;
}

/** Variables of Azure's own, which other programs take as well. */
const ofAzure = [
  "AZURE_TENANT_ID",
  "AZURE_CLIENT_ID",
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PATH",
  "AZURE_FEDERATED_TOKEN_FILE",
  "AZURE_AUTHORITY_HOST",
];

/** How a run signs in, and what of it a person should be told because it was not said. */
export interface Decision {
  readonly credential: CredentialSource;
  readonly remark?: string;
}

/**
 * What --auth says; else flags come before the Postman environment, and both before variables. Variables of Azure's own
 * may be on the machine for another reason: unasked they are used for Azure's hosts only.
 * @throws UsageError for what is missing
 */
export function signIn(given: Given): Decision {
  const { flags, variables } = given;
  if (flags.auth !== undefined) {
    return { credential: sourceOf(flags.auth, given) };
  }
  const way = wayOf(given);
  if (way !== undefined) {
    const credential = sourceOf(way, given);
    return { credential, remark: remarkOn(credential, given) };
  }
  const isIgnored = variables.AZURE_CLIENT_ID && variables.AZURE_TENANT_ID;
  return { credential: { kind: "none" }, remark: isIgnored ? ignoring : undefined };
}

const ignoring =
  "Signs in with nothing: AZURE_CLIENT_ID is used unasked for Azure's hosts only, and with a secret or a federated token;" +
  " --auth client or --auth default uses it.";

/** Undefined where nothing is given that the service should see. */
function wayOf(given: Given): SignIn | undefined {
  const { flags, variables } = given;
  if (flags.token !== undefined) {
    return "bearer";
  }
  if (flags.clientId ?? flags.clientCertificate) {
    return "client";
  }
  const ofPostman = wayOfPostman(given);
  if (ofPostman !== undefined) {
    return ofPostman;
  }
  if (variables.DICOM_BEARER_TOKEN) {
    return "bearer";
  }
  if (variables.DICOM_USERNAME && variables.DICOM_PASSWORD) {
    return "basic";
  }
  return isAzure(given.url) ? wayOfAzure(given) : undefined;
}

/** @throws UsageError for a variable of Azure's own that is empty: somebody else would sign in, or nobody */
function wayOfAzure({ postman, variables }: Given): SignIn | undefined {
  requireFilled(ofAzure, variables);
  const isClient = variables.AZURE_CLIENT_ID && variables.AZURE_TENANT_ID;
  if (isClient && (variables.AZURE_CLIENT_SECRET || variables.AZURE_CLIENT_CERTIFICATE_PATH)) {
    return "client";
  }
  if (isClient && variables.AZURE_FEDERATED_TOKEN_FILE) {
    return "default";
  }
  return postman && "client";
}

function wayOfPostman({ postman, variables }: Given): SignIn | undefined {
  const { tenantId, clientId, clientSecret, bearerToken } = postman ?? {};
  const isComplete = tenantId && clientId && (clientSecret ?? variables.AZURE_CLIENT_SECRET);
  if (!isComplete && bearerToken !== undefined) {
    return "bearer";
  }
  return (tenantId ?? clientId ?? clientSecret) === undefined ? undefined : "client";
}

function remarkOn(credential: CredentialSource, given: Given): string {
  switch (credential.kind) {
    case "client-secret":
    case "client-certificate":
      return `Signs in as client ${credential.clientId} of tenant ${credential.tenantId}.`;
    case "basic":
      return `Signs in as ${credential.username}, with DICOM_PASSWORD.`;
    case "default":
      return "Signs in with the workload identity of this machine.";
    default:
      return `Signs in with the token of ${tokenOf(given).from}.`;
  }
}

function sourceOf(way: SignIn, given: Given): CredentialSource {
  const { variables } = given;
  switch (way) {
    case "none":
      return { kind: "none" };
    case "bearer":
      return { kind: "bearer", token: tokenOf(given).token };
    case "basic":
      return {
        kind: "basic",
        username: required(variables.DICOM_USERNAME, "--auth basic needs a user name: set DICOM_USERNAME."),
        password: required(variables.DICOM_PASSWORD, "--auth basic needs a password: set DICOM_PASSWORD."),
      };
    case "client":
      return clientOf(given);
    case "default":
      requireFilled(ofAzure, variables);
      return { kind: "default", ...requestOf(given) };
  }
}

function tokenOf({ flags, variables, postman }: Given): { token: string; from: string } {
  const ofVariable = readToken(variables.DICOM_BEARER_TOKEN ?? "");
  const ofPostman = readToken(postman?.bearerToken ?? "");
  const file = flags.postmanEnvironment;
  const incomplete = postman?.clientId === undefined ? "" : ", whose client credentials are not complete";
  if (flags.token !== undefined) {
    return { token: flags.token, from: "--token" };
  }
  if (ofVariable !== undefined) {
    return { token: ofVariable, from: "DICOM_BEARER_TOKEN" };
  }
  return {
    token: required(ofPostman, "--auth bearer needs a token: set DICOM_BEARER_TOKEN."),
    from: `${file}${incomplete}`,
  };
}

/** @throws UsageError that names what is missing */
function clientOf(given: Given): CredentialSource {
  const { flags, variables, postman } = given;
  const { AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH } = variables;
  const tenantId = tenantOf(given);
  const clientId =
    flags.clientId ?? postman?.clientId ?? (variables.AZURE_CLIENT_ID || missing(given, "clientId"));
  const clientSecret = postman?.clientSecret ?? AZURE_CLIENT_SECRET;
  const certificatePath =
    flags.clientCertificate ?? (clientSecret ? undefined : AZURE_CLIENT_CERTIFICATE_PATH);
  if (certificatePath) {
    return { kind: "client-certificate", tenantId, clientId, certificatePath, ...requestOf(given) };
  }
  return {
    kind: "client-secret",
    tenantId,
    clientId,
    clientSecret: clientSecret || missing(given, "clientSecret"),
    ...requestOf(given, postman?.clientSecret !== undefined),
  };
}

function tenantOf(given: Given): string {
  const { flags, variables, postman } = given;
  return flags.tenantId ?? postman?.tenantId ?? (variables.AZURE_TENANT_ID || missing(given, "tenantId"));
}

/**
 * @param isSecretOfFile whether what is shown to the authority stands in the same file as its name: a file from somebody
 * else must not have a secret of this machine sent to an authority of its choice
 * @throws UsageError
 */
function requestOf(
  { flags, variables, postman }: Given,
  isSecretOfFile = false,
): Pick<AuthoritySource, "resource" | "authority"> {
  const ofFile = postman?.authority;
  if (ofFile !== undefined && flags.authority === undefined && !isSecretOfFile) {
    throw new UsageError(
      `${flags.postmanEnvironment} names the authority ${ofFile}, and the secret is not in it: say --authority as well` +
        " if the secret may go there.",
    );
  }
  const host = flags.authority ?? ofFile ?? variables.AZURE_AUTHORITY_HOST;
  return {
    resource: flags.resource ?? postman?.resource ?? defaultResource,
    ...(host ? { authority: authority(host) } : {}),
  };
}

const places: Readonly<Partial<Record<PostmanKey, string>>> = {
  tenantId: "a tenant: say --tenant-id, or set AZURE_TENANT_ID",
  clientId: "a client: say --client-id, or set AZURE_CLIENT_ID",
  clientSecret: "a secret: set AZURE_CLIENT_SECRET, or say --client-certificate",
};

function missing({ flags: { postmanEnvironment: file } }: Given, key: PostmanKey): never {
  throw file === undefined
    ? new UsageError(`Client credentials need ${places[key]}.`)
    : missingKey(file, key);
}

/**
 * The credential of somebody who may do less.
 * @returns undefined where none is given
 * @throws UsageError for half a credential
 */
export function otherSignIn(who: "reader" | "stranger", given: Given): CredentialSource | undefined {
  const { flags, variables, postman } = given;
  const prefix = `DICOM_${who.toUpperCase()}`;
  const token = readToken(variables[`${prefix}_TOKEN`] ?? "");
  if (token !== undefined) {
    return { kind: "bearer", token };
  }
  const clientId = flags[`${who}ClientId`] ?? postman?.[`${who}ClientId`];
  if (clientId === undefined) {
    return undefined;
  }
  const ofVariable = variables[`${prefix}_CLIENT_SECRET`];
  const clientSecret = required(
    ofVariable || postman?.[`${who}ClientSecret`],
    `--${who}-client-id needs a secret: set ${prefix}_CLIENT_SECRET.`,
  );
  return {
    kind: "client-secret",
    clientId,
    tenantId: tenantOf(given),
    clientSecret,
    ...requestOf(given, !ofVariable),
  };
}

/** Hosts of Azure's DICOM service, in all of its clouds. */
function isAzure(url: string): boolean {
  return URL.canParse(url) && /\.azurehealthcareapis\.(com|us|cn)$/i.test(new URL(url).hostname);
}

function required(value: string | undefined, sentence: string): string {
  if (!value) {
    throw new UsageError(sentence);
  }
  return value;
}
