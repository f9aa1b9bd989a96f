import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import { apiUrls, type Inventory } from "@peering-desk/shared-schemas"
import { measureAddressMap } from "./address-map.ts"
import type { Figure } from "#tools/lab/figure.ts"
import { atlasKey, startAtlasStub } from "./stand-ins.ts"
import { startDesk, type Desk } from "#tools/lab/desk.ts"
import { measureInventory } from "./inventory.ts"
import { measureForm } from "./pages/form.ts"
import { measureLoading } from "./pages/loading.ts"
import { servePlainPage } from "./pages/plain-page.ts"

/** Measures what a person waits for in the browser: until a page shows its content, and until it answers a key or a press. */
export async function measurePages({ work }: Task): Promise<Figure[]> {
  const atlas = await startAtlasStub({ projects: 5, connections: 10 })
  const desk = await startDesk(join(work, "desk"), { url: atlas.url, ...atlasKey })
  const plain = await servePlainPage()
  const { form, ...pages } = await findPages(desk)
  const loading = await measureLoading(work, [...Object.values(pages), form], plain.url)
  const typing = await measureForm(
    { ...form, choice: "tab" },
    { url: plain.url, cookie: null, choice: "radio" },
  )
  await plain.close()
  await desk.stop()
  await atlas.stop()
  return [...loading, ...typing, ...(await measureInventory()), ...(await measureAddressMap())]
}

async function findPages({ origin, signIn }: Desk) {
  const cookie = await signIn()
  const answer = await fetch(`${origin}${apiUrls.inventory()}`, { headers: { cookie } })
  const { projects } = (await answer.json()) as Inventory
  const [first] = projects
  const list = `${origin}/projects/${first?.project.id}/connections`
  return {
    overview: { name: "Overview", url: `${origin}/`, cookie, mostLcp: 1.35 },
    list: { name: "list of a project", url: list, cookie, mostLcp: 1.35 },
    connection: {
      name: "connection",
      url: `${list}/${first?.peerings[0]?.id}`,
      cookie,
      mostLcp: 1.35,
    },
    form: { name: "new connection", url: `${list}/new`, cookie, mostLcp: 1.5 },
  }
}
