import { fault } from "../proof/fault.ts";
import { all, answered, header, headersOf, headerTo, isStore } from "../proof/spoil.ts";

fault("takes a packed body for a plain one", {
  noticedBy: ["STORE-080"],
  arrival: headerTo(all(isStore, header("content-encoding", /./)), "content-encoding", "identity"),
});

fault("does not say which content codings it takes", {
  noticedBy: ["STORE-080"],
  answer: headersOf(all(isStore, answered(415)), ({ "accept-encoding": _, ...headers }) => headers),
});
