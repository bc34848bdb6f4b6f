import { resourcesAbove } from "../../fixtures/client/given.ts";
import { checkRows, expect, type Instance, type Service } from "../words.ts";

/** How a delete is answered that deleted something. */
export const deleted = { status: 204, isEmpty: true } as const;

/**
 * Of all that a scenario stored exactly these instances are left: every study, series and instance delivers what is
 * left of it, byte for byte, and answers 404 when nothing is.
 */
export async function expectLeft(
  service: Service,
  stored: readonly Instance[],
  left: readonly Instance[],
): Promise<void> {
  await checkRows(Object.fromEntries(resourcesAbove(stored)), async (below, path) => {
    const response = await service.retrieve(path);
    const wanted = below.filter((instance) => left.includes(instance));
    if (wanted.length > 0) {
      expect(response).toDeliver(wanted);
    } else {
      expect(response).toAnswer({ status: 404 });
    }
  });
}
