import { connectionKinds } from "./connections.testing.ts";
import { diskKinds } from "./disks.testing.ts";
import { documentKinds } from "./documents.testing.ts";
import { dyingKinds } from "./dying.testing.ts";
import { floodKinds } from "./floods.testing.ts";
import { gateway } from "./gateway.testing.ts";
import { judging, type Kind } from "./kind.ts";
import { linkKinds } from "./links.testing.ts";
import { messageKinds } from "./messages.testing.ts";
import { tlsKinds } from "./tls.testing.ts";
import { wordKinds } from "./words.testing.ts";

/** What the others are compared with: so few checks that an honest run of what they select takes no less memory. */
export const honestKind: Kind = {
  name: "is honest",
  flags: judging("RETRIEVE-001", "RETRIEVE-051"),
  exitCode: 0,
  says: /^Conforms: \d+ requirement\(s\) judged/m,
  open: () => gateway(({ pass }) => pass()),
};

export const kinds: readonly Kind[] = [
  ...dyingKinds,
  ...documentKinds,
  ...floodKinds,
  ...wordKinds,
  ...linkKinds,
  ...diskKinds,
  ...messageKinds,
  ...connectionKinds,
  ...tlsKinds,
];
