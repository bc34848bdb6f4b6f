import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, route, says, statusOf } from "../proof/spoil.ts";

/** Frame 1 is always there, but where its pixels are missing; 404 says so of the instance as well. */
const lacksPixels = all(answered(404), says("frame cannot be found"));

fault("sends what is there of a frame whose pixels are missing", {
  noticedBy: ["RETRIEVE-098"],
  answer: answerOf(all(route("GET", /\/frames\/1$/), lacksPixels), {
    status: 200,
    type: 'multipart/related; type="application/octet-stream"; boundary=cut',
    body: `--cut\r\nContent-Type: application/octet-stream\r\n\r\n${"pixels".repeat(100)}\r\n--cut--\r\n`,
  }),
});

fault("breaks down over a frame whose pixels are missing", {
  noticedBy: ["RETRIEVE-098"],
  answer: statusOf(all(route("GET", /\/frames\/1$/), lacksPixels), 500),
});

fault("has no pictures of a frame whose pixels are missing, and says to come again", {
  noticedBy: ["RETRIEVE-098"],
  answer: statusOf(all(route("GET", /\/frames\/1\/rendered$/), lacksPixels), 503),
});
