import { expect, test } from "vitest"
import { cleanUp } from "./clean-up.ts"
import type { Send } from "./exchange.ts"

test("cleanUp names what Atlas made of a wrong request, which its marks don't show", async () => {
  const lists: Record<string, unknown[]> = {
    "containers/all": [{ id: "c1", providerName: "AWS", atlasCidrBlock: "8.8.8.0/21" }],
    "containers?providerName=AWS": [{ id: "c1", atlasCidrBlock: "8.8.8.0/21" }],
    "peers?providerName=GCP": [{ id: "p1", providerName: "GCP" }],
  }
  const asked: string[] = []
  const send = (({ method, path }: { method: string; path: string }) => {
    asked.push(method)
    const results = lists[path.split("/groups/p/")[1] ?? ""] ?? []
    return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify({ results }) })
  }) as unknown as Send
  expect(await cleanUp(send, "p", () => Promise.resolve())).toEqual([
    "1 container(s)",
    "1 connection(s) on GCP",
  ])
  expect(new Set(asked)).toEqual(new Set(["GET"]))
})
