import { join } from "node:path"
import { apiUrls, type Inventory } from "@peering-desk/shared-schemas"
import { measureAddressMap } from "./address-map.ts"
import type { Figure } from "./area.ts"
import { atlasKey, startAtlasStub } from "./stand-ins.ts"
import { startDesk, type Desk } from "./desk.ts"
import { measureInventory } from "./inventory.ts"
import { measureLoading } from "./pages/loading.ts"

/** Measures what a person waits for in the browser: until a page shows its content, and until it answers a key or a press. */
export async function measurePages(work: string): Promise<Figure[]> {
  const atlas = await startAtlasStub({ projects: 5, connections: 10 })
  const desk = await startDesk(join(work, "desk"), { url: atlas.url, ...atlasKey })
  const loading = await measureLoading(work, await listPages(desk))
  await desk.stop()
  await atlas.stop()
  return [...loading, ...(await measureInventory()), ...(await measureAddressMap())]
}

async function listPages({ origin, signIn }: Desk) {
  const cookie = await signIn()
  const answer = await fetch(`${origin}${apiUrls.inventory()}`, { headers: { cookie } })
  const { projects } = (await answer.json()) as Inventory
  const [first] = projects
  const list = `${origin}/projects/${first?.project.id}/connections`
  return [
    { name: "Overview", url: `${origin}/`, cookie, mostLcp: 1.35 },
    { name: "list of a project", url: list, cookie, mostLcp: 1.35 },
    { name: "connection", url: `${list}/${first?.peerings[0]?.id}`, cookie, mostLcp: 1.35 },
    { name: "new connection", url: `${list}/new`, cookie, mostLcp: 1.5 },
  ]
}
