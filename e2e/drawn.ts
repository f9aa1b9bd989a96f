import type { Page } from "@playwright/test"
import { expect, projects } from "./scenario.ts"

export const list = `/projects/${projects.payments}/connections`
const project = `/projects/${projects.payments}`
const drawn = [
  "/",
  "/connections?status=failed",
  list,
  `${project}/containers`,
  `${project}/settings`,
  "/address-space",
  "/address-space/blocks",
  "/address-space/coverage",
  "/audit",
  "/audit?from=2026-11-20T10:00:00.000Z",
  "/audit/1",
  "/keys",
  "/sessions",
  "/tokens",
  "/cloud-accounts",
  "/approvals",
  "/approvals/policy",
  "/notifications",
  "/notifications/email",
  "/notifications/routes",
  "/notifications/messages",
  "/connections/new",
]
/** Lists the pages that the server draws, with connections in each state and their other views. */
export async function listDrawn(page: Page, url: string): Promise<string[]> {
  const answer = await page.request.get(`${url}/api${project}/peerings`)
  const { peerings } = (await answer.json()) as {
    peerings: { id: string; peer: { status?: string; statusName?: string; providerName: string } }[]
  }
  const byState = new Map(
    peerings.map(({ id, peer }) => [
      `${peer.providerName} ${peer.statusName ?? peer.status}`,
      `${list}/${id}`,
    ]),
  )
  const connections = [...byState.values()]
  return [...drawn, ...connections, `${connections[0]}/activity`, `${connections[0]}/code`]
}

/** Opens a page that the server draws. It leaves it to the browser while its first reads take long. */
export async function openDrawn(page: Page, url: string): Promise<void> {
  const headers = { accept: "text/html" }
  const read = async () => (await page.request.get(url, { headers })).text()
  await expect.poll(read).toContain('id="page-data"')
  await expect(async () => {
    const answer = await page.goto(url, { waitUntil: "commit" })
    expect(await answer?.text()).toContain('id="page-data"')
  }).toPass()
}

/** Keeps the page's scripts back until the returned function is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route("**/assets/*.js", async (route) => {
    await held
    await route.continue()
  })
  return release
}
