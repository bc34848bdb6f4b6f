import { fault } from "../proof/fault.ts";

fault("issues tokens of a type that nobody knows", {
  noticedBy: ["SERVICE-010", "SERVICE-011"],
  authority: ({ status, body }) => {
    body.token_type = status === 200 ? "mac" : undefined;
  },
});

fault("says that a token lasts longer than it does", {
  noticedBy: ["SERVICE-010", "SERVICE-011"],
  authority: ({ body }) => {
    body.expires_in = body.expires_in && 36_000;
  },
});

fault("issues tokens that the service does not take", {
  noticedBy: ["SERVICE-010", "SERVICE-011"],
  authority: ({ body }) => {
    body.access_token = body.access_token && `${body.access_token}`.replace(/\.[^.]*$/, ".AAAA");
  },
});

fault("does not say what a token is for", {
  noticedBy: ["SERVICE-010"],
  authority: ({ body }) => {
    body.resource = undefined;
  },
});

fault("writes the seconds of a token as text at the newer endpoint", {
  noticedBy: ["SERVICE-011"],
  authority: ({ body }, { scope }) => {
    body.expires_in = scope && body.expires_in ? String(body.expires_in) : body.expires_in;
  },
});

fault("refuses a token without a word", {
  noticedBy: ["SERVICE-012"],
  authority: (answer) => {
    answer.body = answer.status === 200 ? answer.body : {};
  },
});

fault("answers 200 where it issues no token", {
  noticedBy: ["SERVICE-012"],
  authority: (answer) => {
    answer.status = 200;
  },
});
