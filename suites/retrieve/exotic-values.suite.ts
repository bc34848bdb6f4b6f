import { commentsOf, confirmedItem, namedTag } from "../../fixtures/matchers/store.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  accept,
  checkRows,
  dicom,
  exoticValues,
  expect,
  given,
  type Instance,
  type Instances,
  instancePath,
  must,
  ps3_18,
  type ServiceResponse,
  seriesPath,
  studyPath,
} from "../words.ts";

must(
  "RETRIEVE-096",
  {
    title: "what was stored with success can be read, whatever the VR and the number of values",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.2"), ps3_18("F.2.5"), dicom("PS3.5", "6.2")],
  },
  async ({ service, instances }) => {
    const ordinary = instances.minimal();
    await service.given.stored(ordinary);
    const twin = async () => {
      const response = await service.metadata(ordinary);
      given(response, "RETRIEVE-048").toAnswer({ status: 200 });
      return response;
    };
    await twin();

    await checkRows({ ...exoticValues, "none of these": {} }, async (attributes) => {
      const instance = instances.minimal(attributes);
      const stored = await service.store([instance]);
      given(stored, "STORE-001").toConfirm([instance]);

      const expected = withoutWarned(instances, instance, stored);
      const resources = {
        "of the instance": instancePath,
        "of its series": seriesPath,
        "of its study": studyPath,
      };
      await checkRows(resources, async (pathOf) => {
        const path = `${pathOf(instance)}/metadata`;
        const response = await service.getPersistently(path, accept.dicomJson, twin);
        expect(response).toAnswer({ status: 200, mediaType: accept.dicomJson });
        expect(response).toDescribe([expected]);
      });
      expect(await service.retrieve(instance)).toDeliver([instance]);
      // Valid values give no cause for a warning: Microsoft's v2 calls 007 invalid and drops it, which issue 12 wants seen.
      if (service.isAzure) {
        expect(stored).toConfirmWithoutWarning(instance);
      }
    });
  },
);

/** The instance without the attributes that the answer to the store complains of: metadata may lack them. */
function withoutWarned(instances: Instances, instance: Instance, stored: ServiceResponse): Instance {
  const tags = commentsOf(confirmedItem(stored, instance)).flatMap((comment) => namedTag(comment) ?? []);
  if (tags.length > 0) {
    stored.note(`warned of ${tags.map(nameOf).join(", ")}, which the metadata may lack for it`);
  }
  const isWarned = (name: string) => tags.some((tag) => nameOf(tag) === nameOf(name));
  const warned = Object.keys(instance.attributes).filter(isWarned);
  return instances.with(instance, Object.fromEntries(warned.map((name) => [name, undefined])));
}
