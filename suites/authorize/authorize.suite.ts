import { authenticationGuide, must } from "../words.ts";

must(
  "SERVICE-010",
  {
    title: "the token endpoint issues a token that the service accepts",
    request: "AuthorizeGetToken",
    suite: "authorize",
    clause: authenticationGuide("Get Access Token Using Postman"),
    skipped:
      "needs the client credentials of a tenant, which this version cannot take yet; --token gives a token directly",
  },
  async () => {},
);
