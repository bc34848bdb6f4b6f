import { fault } from "../proof/fault.ts";
import { honest } from "../proof/spoil.ts";

fault("makes the ETag of the newest instance only", {
  noticedBy: ["RETRIEVE-068", "DELETE-015"],
  behaviour: { metadataETag: (instances) => `${Math.max(...instances.map(({ watermark }) => watermark))}` },
});

fault("makes every ETag anew whenever anything is stored", {
  noticedBy: ["RETRIEVE-069"],
  perServer: () => {
    let stores = 0;
    return {
      behaviour: {
        keptMetadata: (...given) => {
          stores++;
          return honest.keptMetadata(...given);
        },
        metadataETag: (...given) => `${honest.metadataETag(...given)}-${stores}`,
      },
    };
  },
});
