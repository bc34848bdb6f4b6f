import { describe, expect, test } from "vitest";
import { runCommand } from "./command.testing.ts";
import { programOf } from "./program.ts";

const empty = (name: string) =>
  new RegExp(`^${name} is set, and empty: give it a value, or do not set it\\.`);
const unreplaced = (name: string) =>
  new RegExp(`^${name} holds a \\$\\(NAME\\) that Azure Pipelines did not`);

/** Calls the command within this process, which must refuse what it is called with before it does anything. */
function called(args: readonly string[], variables: Record<string, string> = {}): Promise<unknown> {
  return programOf("0.0.0", () => {}, variables).parseAsync([...args], { from: "user" });
}

describe("a variable of the target, the credential or the gate without a value is refused", () => {
  test.each([
    ["an unset secret", { DICOM_BASE_URL: "" }, empty("DICOM_BASE_URL")],
    ["blanks", { DICOM_BASE_URL: " \n" }, empty("DICOM_BASE_URL")],
    ["a macro", { DICOM_BASE_URL: "$(service.url)" }, unreplaced("DICOM_BASE_URL")],
    ["a macro among more", { DICOM_BASE_URL: "https://$(HOST)/v2" }, unreplaced("DICOM_BASE_URL")],
    ["a version", { DICOM_API_VERSION: "" }, empty("DICOM_API_VERSION")],
    ["a profile", { DICOM_PROFILE: "" }, empty("DICOM_PROFILE")],
    ["containers", { DICOM_CONTAINER: "" }, empty("DICOM_CONTAINER")],
    ["a token", { DICOM_BEARER_TOKEN: "" }, empty("DICOM_BEARER_TOKEN")],
    ["a token that is a macro", { DICOM_BEARER_TOKEN: "$(TOKEN)" }, unreplaced("DICOM_BEARER_TOKEN")],
    ["a password that is a macro", { DICOM_PASSWORD: "$(P)" }, unreplaced("DICOM_PASSWORD")],
    ["a reader's token", { DICOM_READER_TOKEN: "" }, empty("DICOM_READER_TOKEN")],
    ["a gateway's key", { DICOM_HEADER: "X-Key: $(KEY)" }, unreplaced("DICOM_HEADER")],
    ["a baseline", { DICOM_BASELINE: "" }, empty("DICOM_BASELINE")],
    ["how strict the gate is", { DICOM_STRICT: "" }, empty("DICOM_STRICT")],
  ])("%s", async (_, variables, sentence) => {
    await expect(called(["list"], variables)).rejects.toThrow(sentence);
  });

  test.each([["judge"], ["clean-up"], ["grade"]])("by the verb %s as well", async (verb) => {
    await expect(called([verb], { DICOM_BASE_URL: "" })).rejects.toThrow(empty("DICOM_BASE_URL"));
  });

  test("by merge, where it is its own", async () => {
    await expect(called(["merge", "x"], { DICOM_BASELINE: "" })).rejects.toThrow(empty("DICOM_BASELINE"));
  });

  test("and ends the command with one sentence and exit code 2", async () => {
    const { exitCode, stdout, stderr } = await runCommand([], { DICOM_BASE_URL: "" });
    expect(stderr).toMatch(empty("DICOM_BASE_URL"));
    expect([exitCode, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
  });
});

describe("a flag without a value is refused", () => {
  test.each(["--url", "--token", "--client-id", "--header", "--requirement"])("%s", async (flag) => {
    await expect(called(["list", flag, ""])).rejects.toThrow(
      `${flag} is empty: give it a value, or leave it`,
    );
  });
});

describe("an empty variable stands in nobody's way", () => {
  test("where a flag says it, where no run is less strict without it, and where a password holds such a text", async () => {
    const args = ["list", "--json", "--suite", "service", "--url", "http://127.0.0.1:9/v2"];
    const { exitCode, stdout, stderr } = await runCommand(args, {
      DICOM_BASE_URL: "",
      DICOM_TIMEOUT: "",
      DICOM_REQUIREMENT: "$(R)",
      DICOM_INSECURE: "",
      DICOM_PASSWORD: "a$(b)c",
      AZURE_CLIENT_SECRET: "",
    });
    expect([exitCode, stderr]).toEqual([0, ""]);
    const listed = JSON.parse(stdout) as { suite: string }[];
    expect(new Set(listed.map(({ suite }) => suite))).toEqual(new Set(["service"]));
  });

  test("of a verb that judges nothing", async () => {
    const { exitCode } = await runCommand(["serve", "--faults"], { DICOM_BASE_URL: "" });
    expect(exitCode).toBe(0);
  });
});
