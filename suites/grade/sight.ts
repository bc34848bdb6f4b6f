import type { Endpoint } from "../../fixtures/client/endpoint.ts";
import { Inconclusive } from "../../fixtures/client/inconclusive.ts";
import type { Identity } from "../../fixtures/client/resources.ts";
import { Service } from "../../fixtures/client/service.ts";
import type { ServiceResponse } from "../../fixtures/client/service-response.ts";
import type { ReadOnlyTransport } from "../../fixtures/client/transport/read-only-transport.ts";
import type { Challenge, Criterion, Look } from "../../fixtures/grading/challenge.ts";
import { identityOf, type Original } from "../../fixtures/grading/original.ts";
import { type Dataset, text } from "../../fixtures/wire/dicom-json.ts";
import { type Feed, readWholeFeed } from "./feed.ts";
import type { Finding } from "./grade.ts";

export interface SightOptions {
  /** Whether names of patients are shown. */
  readonly names: boolean;
  /** Whether pictures are fetched and shown. */
  readonly pictures: boolean;
}

/** A service as one looks at it, without touching it; what several criteria need is read once. */
export class Sight {
  readonly service: Service;
  readonly #found = new Map<Original, Promise<Identity | undefined>>();
  #feed: Promise<Feed> | undefined;

  constructor(
    readonly endpoint: Endpoint,
    transport: ReadOnlyTransport,
    readonly challenge: Challenge,
    readonly options: SightOptions,
  ) {
    this.service = new Service(endpoint, transport, { patience: 0 });
  }

  feed(): Promise<Feed> {
    this.#feed ??= readWholeFeed(this.service);
    return this.#feed;
  }

  /** Where a search by SOP Instance UID finds a file, whatever study it was put into; undefined where it does not. */
  find(file: Original): Promise<Identity | undefined> {
    const found = this.#found.get(file) ?? this.#search(file);
    this.#found.set(file, found);
    return found;
  }

  /** Those of some files that a search finds. */
  async foundAmong(files: readonly Original[]): Promise<readonly Original[]> {
    const found = await Promise.all(files.map((file) => this.find(file)));
    return files.filter((_, index) => found[index] !== undefined);
  }

  /** Whether any of some files is, or has been, in the service. */
  async hasTraceOf(files: readonly Original[]): Promise<boolean> {
    if ((await this.foundAmong(files)).length > 0) {
      return true;
    }
    const feed = await this.feed();
    return files.some((file) => feed.of(identityOf(file)).length > 0);
  }

  async #search(file: Original): Promise<Identity | undefined> {
    const wanted = identityOf(file);
    const [found] = await searched(this.service, "/instances", { SOPInstanceUID: wanted.sopInstanceUid });
    return (
      found && {
        studyInstanceUid: text(found, "StudyInstanceUID") ?? wanted.studyInstanceUid,
        seriesInstanceUid: text(found, "SeriesInstanceUID") ?? wanted.seriesInstanceUid,
        sopInstanceUid: wanted.sopInstanceUid,
      }
    );
  }
}

/** What a search finds. @throws Inconclusive for anything but a list of results */
export async function searched(
  service: Service,
  resource: string,
  parameters: Readonly<Record<string, string | number>>,
): Promise<readonly Dataset[]> {
  const response = await service.search(resource, parameters);
  if (response.status !== 200 && response.status !== 204) {
    throw new Inconclusive(`GET ${resource} answered ${response.status}`);
  }
  return response.status === 204 ? [] : response.dicomJson.datasets;
}

/** A response that was expected to be 200. @throws Inconclusive */
export function required(response: ServiceResponse): ServiceResponse {
  if (response.status !== 200) {
    const { method, url } = response.wire.exchange.request;
    throw new Inconclusive(`${method} ${url} answered ${response.status}`);
  }
  return response;
}

/** How a criterion is looked at. */
export type LookAt<At extends Look["at"]> = (
  sight: Sight,
  look: Extract<Look, { readonly at: At }>,
  criterion: Criterion,
) => Promise<Finding>;
