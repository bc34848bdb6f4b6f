/** The words that checks are written with: what a suite file needs, in one import. */
export {
  couldNotBegin,
  doesNotApply,
  Inconclusive,
  NotApplicable,
} from "../fixtures/client/inconclusive.ts";
export {
  accept,
  instancePath,
  pathTo,
  queryOf,
  seriesPath,
  studyPath,
} from "../fixtures/client/resources.ts";
export type { Service } from "../fixtures/client/service.ts";
export type { ServiceResponse } from "../fixtures/client/service-response.ts";
export { type CompressedImage, compressedImage } from "../fixtures/instances/compress.ts";
export { allExoticValues, exoticValues } from "../fixtures/instances/exotic-values.ts";
export { imagesOfManyKinds } from "../fixtures/instances/images-of-many-kinds.ts";
export { type Attributes, element, encapsulated, type Instance } from "../fixtures/instances/instance.ts";
export type { Instances } from "../fixtures/instances/instances.ts";
export { type AnswerTolerance, came } from "../fixtures/matchers/answer.ts";
export * from "../fixtures/matchers/condition.ts";
export { advise, expect, given, holds } from "../fixtures/matchers/expect.ts";
export { checkRows, named, type Rows } from "../fixtures/matchers/rows.ts";
export type { ResourceLevel } from "../fixtures/matchers/search.ts";
export * from "./engine/clause.ts";
export { type Check, may, must, type Scenario, should } from "./engine/requirement.ts";
