import { expect, test } from "vitest";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";

const requirements = await loadRequirements();
const tagPath = /^\/v2\/extendedquerytags\/([^/?]+)$/;

/** Judges a check at a service, and names the tags that it tried to delete although it had not added them. */
async function foreignDeletes(id: string): Promise<{ verdict: string; foreign: string[] }> {
  const server = await startReferenceServer();
  const transport = new Transport({ timeout: 10_000 });
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile: "azure" } as const;
  const requirement = requirements.find((each) => each.id === id);
  if (!requirement) {
    throw new Error(`${id} is not declared`);
  }
  try {
    const { verdict, exchanges } = await judge(requirement, endpoint, transport, {
      run: "tags",
      patience: 1_000,
    });
    const own = new Set<string>();
    const foreign = exchanges.flatMap(({ request, response }) => {
      const [, path = ""] = tagPath.exec(new URL(request.url).pathname) ?? [];
      if (request.method === "POST" && response?.status === 202) {
        for (const each of JSON.parse(request.body?.text ?? "[]") as { path: string }[]) {
          own.add(each.path);
        }
      }
      return request.method === "DELETE" && path !== "" && !own.delete(path) ? [path] : [];
    });
    return { verdict, foreign };
  } finally {
    await transport.close();
    await server.close();
  }
}

/** Odd group, and an element that no private creator takes: made anew for each run. */
const random = /^[0-9A-F]{3}[13579BDF][1-9A-F][0-9A-F]{3}$/;
/** Searchable anyway, a keyword of a tag that was added, or no tag at all. */
const harmless = ["00100020", "DeviceSerialNumber", "BABC"];

test.each(["TAGS-029", "TAGS-030", "TAGS-023", "TAGS-014"])(
  "%s deletes no tag that another run may have added a moment before",
  async (id) => {
    const { verdict, foreign } = await foreignDeletes(id);
    expect(verdict).toBe("conforms");
    expect(foreign.filter((path) => !random.test(path) && !harmless.includes(path))).toEqual([]);
  },
);
