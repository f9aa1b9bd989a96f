import type { Page } from "@playwright/test"
import { expectGoodInEveryView, expectNoSidewaysScroll } from "./accessible.ts"
import { act, confirmDeletion, openStep } from "./connection-page.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"

async function open(page: Page, app: RunningApp, status: string): Promise<string> {
  const peers = app.simulator.peers(projects.payments)
  const id = peers.find((peer) => peer.providerName === "AWS" && peer.status === status)?.id ?? ""
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${id}`)
  await expect(page.getByRole("region", { name: "Path" })).toBeVisible()
  return id
}

test("a network owner gets a link, the link is revoked, and a change restarts the connection", async ({
  page,
  context,
  app,
}) => {
  await open(page, app, "PENDING_ACCEPTANCE")
  await act(page, "Share with owner")
  const recipient = await page.getByLabel("Recipient").boundingBox()
  const expiry = await page.getByLabel("Expires in").boundingBox()
  expect(Math.abs((expiry?.y ?? 0) - (recipient?.y ?? 99))).toBeLessThan(1)
  expect(Math.abs((expiry?.height ?? 0) - (recipient?.height ?? 99))).toBeLessThan(1)
  await page.getByLabel("Recipient").fill("Network team")
  await page.getByRole("button", { name: "Create link" }).click()
  const link = await page.locator("pre", { hasText: "/hand-off#" }).textContent()
  const owner = await context.newPage()
  await owner.goto(`${app.url}/hand-off${new URL(link ?? "").hash}`)
  await expect(owner.getByRole("heading", { level: 1 })).toBeVisible()
  await page.getByRole("button", { name: "Revoke the link: Network team" }).click()
  await expect(page.getByText(/Revoked by Olivia Marsh/)).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("button", { name: "Share with owner" })).toBeFocused()

  await act(page, "Edit")
  await page.getByRole("textbox", { name: "VPC ID" }).fill("vpc-0a1b2c3d4e5f60719")
  await page.getByLabel("Reason", { exact: true }).fill("PAY-301 the VPC moves")
  await page.getByRole("button", { name: "Save and restart" }).click()
  await expect(page.getByText("Requesting in AWS").first()).toBeVisible()
})

test("a failed connection is deleted and requested again in one act [1]", async ({ page, app }) => {
  const id = await open(page, app, "FAILED")
  const name = (await page.getByRole("heading", { level: 1 }).textContent()) ?? ""
  await page.getByRole("button", { name: "Delete and request again" }).click()
  await expectGoodInEveryView(page)
  await confirmDeletion(page, null, "Delete and request again")
  await expect(page.getByText("Atlas is deleting this connection.")).toBeVisible()
  app.simulator.advance(60)
  await expect(page).not.toHaveURL(new RegExp(id))
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name)
})

test("the answer to Check now covers nothing at any width", async ({ page, app }) => {
  await open(page, app, "PENDING_ACCEPTANCE")
  const path = page.getByRole("region", { name: "Path" })
  await path.getByRole("button", { name: "Check now", exact: true }).click()
  const answer = path.getByText(/^Not accepted yet/)
  await expect(answer).toBeVisible()
  for (const width of [1440, 768, 320]) {
    await page.setViewportSize({ width, height: 900 })
    const [of, card, below] = await Promise.all(
      [answer, path, path.getByText("If it fails")].map((part) => part.boundingBox()),
    )
    expect.soft(of?.x, `left of the card at ${width} px`).toBeGreaterThan(card?.x ?? Infinity)
    expect
      .soft((of?.y ?? 0) + (of?.height ?? 0), `over the next line at ${width} px`)
      .toBeLessThan(below?.y ?? 0)
  }
})

/** Checks the page from its top: what lies under the bar of a narrow window could not be pressed there. */
async function check(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0))
  await expectGoodInEveryView(page)
}

test("the words of a copy button at the edge of a narrow page fit it", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await open(page, app, "PENDING_ACCEPTANCE")
  await page.getByRole("button", { name: "Copy Status" }).click()
  await expectNoSidewaysScroll(page)
})

test("every part of the connection page is accessible", async ({ page, app }) => {
  await open(page, app, "PENDING_ACCEPTANCE")
  for (const step of ["access-list", "try-it"]) {
    await openStep(page, step)
    await check(page)
  }
  for (const action of ["Share with owner", "Edit", "Delete…"]) {
    await act(page, action)
    await expect(page.getByRole("dialog").getByRole("textbox").first()).toBeVisible()
    await check(page)
    await page.keyboard.press("Escape")
  }
  await page.getByRole("link", { name: "Activity" }).click()
  await expect(page.getByRole("list", { name: "Activity" })).toBeVisible()
  await check(page)
  await page.getByRole("link", { name: "Code" }).click()
  await expect(page.getByRole("button", { name: "curl", exact: true })).toBeVisible()
  await check(page)
})

test("the page of a working connection, with its string and all stops, is at most 1,100 px high", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await open(page, app, "AVAILABLE")
  await expect(
    page.getByRole("button", { name: "Copy string" }).or(page.getByText("7 of 7")).first(),
  ).toBeVisible()
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  expect(height).toBeLessThanOrEqual(1_100)
})

test("a printed connection has its stops, in the picture and in the rows", async ({ page, app }) => {
  await open(page, app, "PENDING_ACCEPTANCE")
  await page.emulateMedia({ media: "print" })
  const path = page.getByRole("region", { name: "Path" })
  await expect(path.getByText("Security group", { exact: true })).toBeVisible()
  await expect(page.getByRole("list", { name: "Stops" }).getByText("Security group")).toBeVisible()
  await expect(page.getByRole("button", { name: "Share with owner" })).toBeHidden()
})

test("a printed connection that failed has the number of its proven stops", async ({ page, app }) => {
  await open(page, app, "FAILED")
  await page.emulateMedia({ media: "print" })
  await expect(page.getByText("Show all")).toBeHidden()
  await expect(page.getByText(/^\d stops? not proven, \d proven$/)).toBeVisible()
})

test("a printed connection has all of its code, and whole names", async ({ page, app }) => {
  await page.setViewportSize({ width: 718, height: 1_047 })
  await open(page, app, "AVAILABLE")
  await page.getByRole("link", { name: "Code" }).click()
  const code = page.getByRole("group", { name: /^Terraform/ })
  await expect(code).toBeVisible()
  await page.emulateMedia({ media: "print" })
  const listCut = () =>
    code
      .or(page.locator(".cut:visible"))
      .evaluateAll((all) =>
        all
          .filter((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)
          .map(({ textContent }) => textContent),
      )
  await expect.poll(listCut).toEqual([])
})
