import { requireBothVersions } from "../extended-query-tags/both-versions.ts";
import { accept, checkRows, expect, given, should, statement, versioningGuide } from "../words.ts";
import { pathsOf } from "./paths.ts";
import { etagOf } from "./validators.ts";

should(
  "RETRIEVE-015",
  {
    title: "what one version stored, the other retrieves at once, and the same of it",
    request: "Retrieve-a-single-instance-within-a-series-of-a-study",
    clause: [versioningGuide("Supported Versions"), statement("Retrieve (WADO-RS)")],
  },
  async ({ service, instances }) => {
    const other = await requireBothVersions(service);
    const image = instances.image();
    await service.given.stored(image);

    await checkRows(
      { "the other version": other, "the version that stored it": service },
      async (through) => {
        expect(await through.retrieve(image)).toDeliver([image]);
        expect(await through.frames(image, 1)).toDeliverFrames(image.frames.slice(0, 1));
      },
    );
    const picture = await service.rendered(image, accept.png);
    given(picture, "RETRIEVE-076").toAnswer({ status: 200, mediaType: accept.png });
    const otherPicture = await other.rendered(image, accept.png);
    expect(otherPicture).toAnswer({ status: 200, mediaType: accept.png });
    expect(otherPicture).toDeliverBytes(picture.body);

    await checkRows(pathsOf(image), async (path) => {
      const own = await service.metadata(path);
      given(own, "RETRIEVE-048").toDescribe([image]);
      const response = await other.metadata(path);
      expect(response).toAnswer({ status: 200 });
      expect(response).toHold("the metadata through the other version", response.json, own.json);
      expect(response).toHold("its ETag", etagOf(response), etagOf(own));
    });
  },
);
