import { partsOf } from "../../fixtures/client/endpoint.ts";
import { confirmedItem, resultOf } from "../../fixtures/matchers/store.ts";
import { expectRetrieveUrl } from "../store/retrieve-url.ts";
import { accept, checkRows, expect, instancePath, ps3_18, should, statement, studyPath } from "../words.ts";

should(
  "RETRIEVE-014",
  {
    title: "the retrieve URLs that a store hands out lead to what was stored, through the same version",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.5.3"), statement("Store Response Payload")],
  },
  async ({ service, instances }) => {
    const { version, partition } = partsOf(service.endpoint.baseUrl);
    const prefix = service.isAzure ? `${version}${partition}` : "";
    await checkRows({ "/studies": false, "/studies/{study}": true }, async (isOfStudy) => {
      const study = instances.uid();
      const [first, second] = [
        instances.minimal({ StudyInstanceUID: study }),
        instances.minimal({ StudyInstanceUID: study }),
      ];
      const stored = await service.store([first, second], { study: isOfStudy ? study : undefined });
      expect(stored).toConfirm([first, second]);

      await checkRows({ "the first instance": first, "the second": second }, async (instance) => {
        const path = `${prefix}${instancePath(instance)}`;
        const url = expectRetrieveUrl(stored, confirmedItem(stored, instance), path);
        if (url !== undefined) {
          expect(await service.follow(url, accept.instances)).toDeliver([instance]);
        }
      });
      const ofStudy = isOfStudy
        ? expectRetrieveUrl(stored, resultOf(stored), `${prefix}${studyPath(first)}`)
        : undefined;
      if (ofStudy !== undefined) {
        expect(await service.follow(ofStudy, accept.instances)).toDeliver([first, second]);
      }
    });
  },
);
