import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, route, statusOf } from "../proof/spoil.ts";

fault("confirms that the tag InstitutionalDepartmentName is deleted, and keeps it", {
  noticedBy: ["TAGS-029"],
  behaviour: { removesQueryTag: ({ tag }) => tag !== tagOf("InstitutionalDepartmentName") },
});

fault("confirms that a tag is deleted which was not there", {
  noticedBy: ["TAGS-030", "TAGS-029"],
  answer: statusOf(all(route("DELETE", /^\/extendedquerytags\//), answered(404)), 204),
});
