import { deliveryDiscrepancies } from "../../fixtures/matchers/retrieve.ts";
import {
  expect,
  Inconclusive,
  type Instance,
  instancePath,
  type Service,
  seriesPath,
  studyPath,
} from "../words.ts";

/** Stores instances and sees that each of them can be retrieved, alone, with its series and with its study. */
export async function givenHeld(service: Service, ...instances: readonly Instance[]): Promise<void> {
  await service.given.stored(...instances);
  for (const [path, below] of resourcesOf(instances)) {
    const response = await service.retrieve(path);
    if (deliveryDiscrepancies(response, below).length > 0) {
      throw new Inconclusive(
        `could not begin: GET ${path} does not deliver what was stored; the suite "retrieve" covers this`,
      );
    }
  }
}

/**
 * Of all that a scenario stored exactly these instances are left: every study, series and instance delivers what is
 * left of it, byte for byte, and answers 404 when nothing is.
 */
export async function expectLeft(
  service: Service,
  stored: readonly Instance[],
  left: readonly Instance[],
): Promise<void> {
  for (const [path, below] of resourcesOf(stored)) {
    const response = await service.retrieve(path);
    const wanted = below.filter((instance) => left.includes(instance));
    if (wanted.length > 0) {
      expect(response).toDeliver(wanted);
    } else {
      expect(response).toAnswer({ status: 404 });
    }
  }
}

/** Every study, series and instance by its path, with the instances below it. */
function resourcesOf(instances: readonly Instance[]): Map<string, Instance[]> {
  const resources = new Map<string, Instance[]>();
  for (const instance of instances) {
    for (const path of [studyPath(instance), seriesPath(instance), instancePath(instance)]) {
      resources.set(path, [...(resources.get(path) ?? []), instance]);
    }
  }
  return resources;
}
