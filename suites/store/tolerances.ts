import type { AnswerTolerance } from "../words.ts";
/** The smallest instances lack much that their SOP class asks for, and PS3.18 leaves it to a server to say so. */
export const storedWithWarning: AnswerTolerance = {
  status: 202,
  profile: "dicomweb",
  because: "PS3.18 10.5.3.1 answers 202 where there are warnings",
};
