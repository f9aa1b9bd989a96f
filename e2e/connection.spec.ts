import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"

async function openWaiting(page: Page, app: RunningApp): Promise<void> {
  const peers = await app.simulator.peers(projects.payments)
  const id =
    peers.find((peer) => peer.providerName === "AWS" && peer.status === "PENDING_ACCEPTANCE")?.id ?? ""
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${id}`)
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()
}

const openFold = (page: Page, title: string) =>
  page.getByRole("heading", { level: 2, name: title, exact: true }).click()

test("a network owner gets a link, the link is revoked, and a change restarts the connection", async ({
  page,
  context,
  app,
}) => {
  await openWaiting(page, app)
  await openFold(page, "Hand it off")
  await page.getByLabel("For whom").fill("Network team")
  await page.getByRole("button", { name: "Make a link" }).click()
  const link = await page.locator("pre", { hasText: "/hand-off#" }).textContent()
  const owner = await context.newPage()
  await owner.goto(`${app.url}/hand-off${new URL(link ?? "").hash}`)
  await expect(owner.getByText("What to do").first()).toBeVisible()
  await page.getByRole("button", { name: "Take it back: the link for Network team" }).click()
  await expect(page.getByText(/Taken back by Olivia Marsh/)).toBeVisible()

  await openFold(page, "Change")
  await page.getByRole("textbox", { name: "VPC ID" }).fill("vpc-0a1b2c3d4e5f60719")
  await page.getByLabel("Reason for the change").fill("PAY-301 the VPC moves")
  await page.getByRole("button", { name: "Change it and start anew" }).click()
  await expect(page.getByText("Atlas is working").first()).toBeVisible()
})

test("every part of the connection page is accessible", async ({ page, app }) => {
  await openWaiting(page, app)
  for (const stage of ["Before it can work", "Until applications connect"]) {
    await page.getByText(stage).click()
  }
  await expect(page.getByLabel("What nslookup or dig printed")).toBeVisible()
  await expectGoodInEveryView(page)
  for (const [title, inside] of [
    ["Activity", page.getByRole("slider")],
    ["As code", page.getByRole("button", { name: "curl", exact: true })],
    ["Hand it off", page.getByLabel("For whom")],
    ["Change", page.getByLabel("Reason for the change")],
    ["Delete", page.getByLabel("Reason to delete it")],
  ] as const) {
    await openFold(page, title)
    await expect(inside).toBeVisible()
    await expectGoodInEveryView(page)
  }
})
