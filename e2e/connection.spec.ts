import type { Page } from "@playwright/test"
import { expectGoodInEveryLook } from "./every-look.ts"
import type { RunningDesk } from "./running-desk.ts"
import { expect, projects, test } from "./story.ts"

async function openWaiting(page: Page, desk: RunningDesk): Promise<void> {
  const peers = await desk.simulator.peers(projects.payments)
  const id =
    peers.find((peer) => peer.providerName === "AWS" && peer.status === "PENDING_ACCEPTANCE")?.id ?? ""
  await page.goto(`${desk.url}/projects/${projects.payments}/connections/${id}`)
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()
}

const openFold = (page: Page, title: string) =>
  page.getByRole("heading", { level: 2, name: title, exact: true }).click()

test("the network's owner is given a link, which is taken back, and a change starts the connection anew", async ({
  page,
  context,
  desk,
}) => {
  await openWaiting(page, desk)
  await openFold(page, "Hand it off")
  await page.getByLabel("For whom").fill("Network team")
  await page.getByRole("button", { name: "Make a link" }).click()
  const link = await page.locator("pre", { hasText: "/hand-off#" }).textContent()
  const owner = await context.newPage()
  await owner.goto(`${desk.url}/hand-off${new URL(link ?? "").hash}`)
  await expect(owner.getByText("What to do").first()).toBeVisible()
  await page.getByRole("button", { name: "Take it back: the link for Network team" }).click()
  await expect(page.getByText(/Taken back by Olivia Marsh/)).toBeVisible()

  await openFold(page, "Change")
  await page.getByRole("textbox", { name: "VPC ID" }).fill("vpc-0a1b2c3d4e5f60719")
  await page.getByLabel("Reason for the change").fill("PAY-301 the VPC moves")
  await page.getByRole("button", { name: "Change it and start anew" }).click()
  await expect(page.getByText("Atlas is working").first()).toBeVisible()
})

test.describe("a viewer", () => {
  test.use({ persona: "Victor Lund" })

  test("sees every step and can change nothing", async ({ page, desk }) => {
    await openWaiting(page, desk)
    await expect(page.getByText("You may look at this connection, not change it")).toBeVisible()
    await expect(page.getByRole("button", { name: /^Tick off/ }).first()).toHaveAttribute(
      "aria-disabled",
      "true",
    )
  })
})

test("every part of a connection's page is accessible", async ({ page, desk }) => {
  await openWaiting(page, desk)
  for (const stage of ["Before it can work", "Until applications connect"]) {
    await page.getByText(stage).click()
  }
  await expect(page.getByLabel("What nslookup or dig printed")).toBeVisible()
  await expectGoodInEveryLook(page)
  for (const [title, inside] of [
    ["Timeline", page.getByRole("slider")],
    ["As code", page.getByRole("button", { name: "curl", exact: true })],
    ["Hand it off", page.getByLabel("For whom")],
    ["Change", page.getByLabel("Reason for the change")],
    ["Delete", page.getByLabel("Reason to delete it")],
  ] as const) {
    await openFold(page, title)
    await expect(inside).toBeVisible()
    await expectGoodInEveryLook(page)
  }
})
