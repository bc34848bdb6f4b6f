import { authenticationGuide } from "../engine/clause.ts";
import { requirement } from "../engine/requirement.ts";

requirement(
  "SERVICE-010",
  {
    title: "the token endpoint issues a token that the service accepts",
    suite: "authorize",
    request: "AuthorizeGetToken",
    level: "must",
    profile: "azure",
    api: ["v1", "v2"],
    clause: authenticationGuide("Get Access Token Using Postman"),
    skipped:
      "needs the client credentials of a tenant, which this version cannot take yet; --token gives a token directly",
  },
  async () => {},
);
