import "./authorize/authorize.suite.ts";
import "./service/service.suite.ts";
import "./store/single-instance.suite.ts";
import "./store/multipart.suite.ts";
import "./store/specific-study.suite.ts";

export { requirements } from "./requirement.ts";
