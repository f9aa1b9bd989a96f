import type { Peering, PeeringList } from "@peering-desk/shared-schemas"
import type { Page } from "@playwright/test"
import type { ScreenshotDemo, SimulatedConnection } from "./screenshot-demo.ts"
import type { Shot } from "./screenshot-shot.ts"

/** Lists states of the path that take an act of the network's owner or of Atlas. They change the demo, so they come last. */
export function listPathShots(demo: ScreenshotDemo): Shot[] {
  const { connections, simulatorUrl, url } = demo
  const find = (status: string) =>
    connections.find((one) => one.providerName === "AWS" && one.status === status) ?? connections[0]
  const [waiting, works] = [find("PENDING_ACCEPTANCE"), find("AVAILABLE")]
  if (waiting === undefined || works === undefined) return []
  const headers = { "x-peering-desk": "1", origin: url }
  const post = async (page: Page, path: string, data: object, more = {}) => {
    const answer = await page.request.post(path, { headers: { ...headers, ...more }, data })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`)
    return answer
  }

  async function breakDns(page: Page): Promise<string> {
    const read = await page.request.get(`${url}${toApi(works)}`)
    const { peer } = (await read.json()) as Peering
    await post(page, `${simulatorUrl}/simulator/network-acts`, { act: "dns-off", network: peer["vpcId"] })
    await post(page, `${url}${toApi(works)}/facts/read`, {})
    return toPath(works)
  }

  async function decline(page: Page): Promise<string> {
    const hash = await makeShareLink(page, url, waiting)
    const authorization = `Bearer ${hash.split("#")[1]}`
    const reason = "Use the shared VPC, vpc-0e7d6c5b4a3928170"
    await post(page, `${url}/api/hand-off/decline`, { reason }, { authorization })
    return hash
  }

  async function forgeStatus(page: Page): Promise<string> {
    const list = await page.request.get(`${url}/api/projects/${works?.projectId}/peerings`)
    const { peerings } = (await list.json()) as PeeringList
    const results = peerings
      .filter(({ peer }) => peer.providerName === "AWS")
      .map(({ id, raw }) => (id === works?.id ? { ...(raw as object), statusName: "SUSPENDED" } : raw))
    await post(page, `${simulatorUrl}/simulator/faults`, {
      match: { method: "GET", path: `${works?.projectId}/peers?providerName=AWS` },
      fault: { status: 200, body: { results, totalCount: results.length } },
    })
    return toPath(works)
  }

  return [
    { name: "report", path: toPath(works), reach: openReport },
    { name: "connection-broken", path: breakDns, reach: (page) => page.getByText(/DNS/).first().waitFor() },
    { name: "share-declined", path: decline, person: "Olivia Marsh" },
    { name: "connection-declined", path: toPath(waiting) },
    { name: "overview-all-groups", path: "/" },
    {
      name: "connection-unknown-status",
      path: forgeStatus,
      reach: (page) => page.getByText("Unknown status").first().waitFor({ timeout: 60_000 }),
    },
  ]
}

/** Saves the report of the open connection and shows it in its place. */
async function openReport(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^More actions/ }).click()
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Save report" }).click(),
  ])
  const path = `${await download.path()}.html`
  await download.saveAs(path)
  await page.goto(`file://${path}`)
}

/** Makes a link for the owner of a network, and returns its address. */
export async function makeShareLink(
  page: Page,
  url: string,
  connection: SimulatedConnection | undefined,
): Promise<string> {
  const answer = await page.request.post(`${url}${toApi(connection)}/hand-offs`, {
    headers: { "x-peering-desk": "1", origin: url },
    data: { expiresInHours: 48, for: "Network team" },
  })
  const { token } = (await answer.json()) as { token: string }
  return `/hand-off#${token}`
}

export function toPath(connection: SimulatedConnection | undefined): string {
  return `/projects/${connection?.projectId}/connections/${connection?.id}`
}

const toApi = (connection: SimulatedConnection | undefined) =>
  `/api/projects/${connection?.projectId}/peerings/${connection?.id}`
