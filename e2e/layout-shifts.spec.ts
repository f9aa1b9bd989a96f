import type { Page, Route } from "@playwright/test"
import { takeLayoutShifts, watchLayoutShifts } from "./layout-shifts.ts"
import { examples, openForm } from "./new-connection.ts"
import { drawInBrowser, expect, projects, test } from "./scenario.ts"

/** A phone, as Lighthouse has it, and a desk. */
const windows = [
  { width: 412, height: 823 },
  { width: 1440, height: 900 },
]
const slowLine = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 }

/** Slows the page's line, as to a phone. */
async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send("Network.emulateNetworkConditions", slowLine)
}

/** Holds back the page's data. The returned function lets one answer after the other come, each drawn before the next. */
async function holdAnswers(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = []
  await page.route(/\/api\/(?!session|sign-in-info|installation|events)/, (route) => void held.push(route))
  return async () => {
    for (let route = held.shift(); route !== undefined; route = held.shift()) {
      await route.continue()
      // None when the page has given the request up.
      const answer = await route.request().response()
      await answer?.finished()
      await drawn(page)
    }
  }
}

/** Holds back one kind of answer until the returned function is called. */
async function holdAnswer(page: Page, url: string): Promise<() => void> {
  let disconnect = () => {}
  const held = new Promise<void>((resolve) => {
    disconnect = resolve
  })
  await page.route(url, async (route) => {
    await held
    await route.continue()
  })
  return disconnect
}

const drawn = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))

test("Overview, the lists, the audit log, a connection and the form don't move while their parts and data come late", async ({
  page,
  app,
}) => {
  const peers = app.simulator.peers(projects.payments)
  const waiting = peers.find(({ status }) => status === "PENDING_ACCEPTANCE")
  const list = `/projects/${projects.payments}/connections`
  await slowDown(page)
  await drawInBrowser(page, app.url)
  await watchLayoutShifts(page)
  const moved: Record<string, unknown> = {}
  for (const path of ["/", "/connections", "/audit", list, `${list}/${waiting?.id}`, `${list}/new`])
    for (const size of windows) {
      await page.setViewportSize(size)
      // The page of a connection waits for its container only so long; a busy machine takes longer to hand out the answers.
      const disconnect = path.endsWith(`/${waiting?.id}`) ? null : await holdAnswers(page)
      await page.goto(`${app.url}${path}`)
      await expect(page.locator("h1").first()).toBeVisible()
      await disconnect?.()
      await page.unrouteAll()
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0)
      await drawn(page)
      const { total, shifts } = await takeLayoutShifts(page)
      if (total > 0.01) moved[`${path} at ${size.width} px`] = { total, shifts }
    }
  expect(moved).toEqual({})
})

test("the form doesn't move when the project's addresses come late, and a remark on its container with them", async ({
  page,
  app,
}) => {
  await drawInBrowser(page, app.url)
  await watchLayoutShifts(page)
  const disconnect = await holdAnswer(page, "**/api/address-space*")
  await page.goto(`${app.url}/projects/${projects.analytics}/connections/new?provider=GCP`)
  const form = page.getByRole("tabpanel", { name: "Google Cloud" })
  await expect(form.getByText("Reading the project's containers")).toBeVisible()
  await drawn(page)
  await takeLayoutShifts(page)
  disconnect()
  await expect(page.getByText("Common default range, likely to clash. See the check")).toBeVisible()
  await drawn(page)
  const { total, shifts } = await takeLayoutShifts(page)
  expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(0.01)
})

test.describe("The demo on a phone", () => {
  test.use({ isDemo: true, hasTouch: true, isMobile: true, viewport: { width: 412, height: 823 } })

  test("the form doesn't move when its button for sample values comes late", async ({ page, app }) => {
    await watchLayoutShifts(page)
    const disconnect = await holdAnswer(page, "**/api/installation")
    await page.goto(`${app.url}/projects/${projects.payments}/connections/new`)
    await expect(page.getByRole("radio").first()).toBeVisible()
    await drawn(page)
    await takeLayoutShifts(page)
    disconnect()
    await expect(page.getByRole("button", { name: "Fill in sample values" })).toBeVisible()
    await drawn(page)
    const { total, shifts } = await takeLayoutShifts(page)
    expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(0.001)
  })
})

test("the confirmation of Azure's role appears with the steps above it, so that no press misses it", async ({
  page,
  app,
}) => {
  const bring = await holdAnswer(page, "**/AzureRoleSteps-*.js")
  await openForm(page, app.url, projects.documentation, "AZURE")
  for (const [label, value] of Object.entries(examples.AZURE.fields))
    await page.getByLabel(label, { exact: true }).fill(value)
  await expect(page.getByText("Loading the steps")).toBeVisible()
  const role = page.getByLabel(/^The role is assigned on/)
  await expect(role).toBeHidden()
  bring()
  await role.click()
  await expect(role).toBeChecked()
})
