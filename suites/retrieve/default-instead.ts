import type { AnswerTolerance } from "../words.ts";

/** PS3.18 contradicts itself where no media type of the Accept header is supported: 8.7.8.1 says 406. */
export const defaultInstead = {
  status: 200,
  mediaType: "multipart/related",
  profile: "dicomweb",
  because: "PS3.18 Table 8.7.3-1 has the default media type sent where 8.7.8.1 has the request refused",
} as const satisfies AnswerTolerance;

/** Once what was sent instead is judged as well: a service is warned, for one of the two texts asks otherwise. */
export const defaultInsteadIsWarned = {
  ...defaultInstead,
  ends: "warned",
} as const satisfies AnswerTolerance;
