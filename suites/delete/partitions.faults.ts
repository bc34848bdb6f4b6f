import { fault } from "../proof/fault.ts";
import { afterDelete } from "../proof/remember.ts";
import { all, answered, answerOf, route } from "../proof/spoil.ts";

fault("deletes from all data partitions", {
  noticedBy: ["DELETE-024", "DELETE-018", "DELETE-028"],
  hasPartitions: true,
  perServer: afterDelete(/(?<=^\/partitions\/[^/]+)\/studies\/.*$/, (gone) =>
    answerOf(
      all(route("GET", /^\/partitions\//), ({ path }) => path.endsWith(gone), answered(200)),
      { status: 404, body: "" },
    ),
  ),
});
