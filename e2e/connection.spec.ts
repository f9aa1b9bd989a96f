import type { Page } from "@playwright/test"
import type { RunningDesk } from "./running-desk.ts"
import { expect, expectAccessible, expectNoSidewaysScroll, projects, test } from "./story.ts"

async function openWaiting(page: Page, desk: RunningDesk): Promise<{ id: string; vpcId: string }> {
  const peers = await desk.simulator.peers(projects.payments)
  const id =
    peers.find((peer) => peer.providerName === "AWS" && peer.status === "PENDING_ACCEPTANCE")?.id ?? ""
  await page.goto(`${desk.url}/projects/${projects.payments}/connections/${id}`)
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()
  return { id, vpcId: (await page.getByRole("heading", { level: 1 }).textContent()) ?? "" }
}

const openFold = (page: Page, title: string) =>
  page.getByRole("heading", { level: 2, name: title, exact: true }).click()

test("a connection is carried from its request to its end on one page", async ({ page, desk }) => {
  const { id, vpcId } = await openWaiting(page, desk)

  await expect(page.getByText(/aws ec2 accept-vpc-peering-connection/)).toBeVisible()
  await page.getByRole("button", { name: "Tick off: Accept the peering request" }).click()
  await expect(page.getByText(/Olivia Marsh/).last()).toBeVisible()

  await desk.simulator.act(id, "accept")
  await desk.simulator.advance(60)
  await page.getByText("Now, in your cloud").scrollIntoViewIfNeeded()
  await expect(page.getByText("The two networks are joined.")).toBeVisible()

  await page.getByLabel("Reason for the entry").fill("PAY-212 checkout reads the ledger")
  await page.getByRole("button", { name: "Add to the access list" }).click()
  await expect(page.getByText(/The access list has/)).toBeVisible()
  await page.getByLabel("What nslookup or dig printed").fill("Name: a.mongodb.net\nAddress: 52.1.2.3")
  await expect(page.getByText(/goes past the peering/)).toBeVisible()
  await page
    .getByLabel("What nc, telnet or Test-NetConnection printed")
    .fill("Connection to a.mongodb.net 27017 port [tcp/*] succeeded!")
  await expect(page.getByText("The port answers: the way is open.")).toBeVisible()

  await openFold(page, "As code")
  await expect(page.getByText(/resource "mongodbatlas_network_peering"/)).toBeVisible()

  await openFold(page, "Delete")
  await page.getByLabel("Name of the connection").fill(vpcId)
  await page.getByLabel("Reason to delete it").fill("PAY-300 the ledger moves")
  await page.getByRole("button", { name: "Delete this connection" }).click()
  await expect(page.getByText("Atlas is removing this connection.")).toBeVisible()
  await desk.simulator.advance(120)
  await expect(page.getByText("Atlas no longer lists this connection.")).toBeVisible()

  // What is left of it outlives the page.
  await page.reload()
  await expect(page.getByText("Atlas no longer lists this connection.")).toBeVisible()
  await openFold(page, "Timeline")
  const story = page.getByRole("list", { name: "Timeline" })
  await expect(story.getByText(/Delete a connection: Done/)).toBeVisible()
  await expect(story.getByText("No longer in Atlas")).toBeVisible()
})

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

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 320]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } })

      test("every part of a connection's page is accessible", async ({ page, desk }) => {
        await openWaiting(page, desk)
        for (const stage of ["Before it can work", "Until applications connect"]) {
          await page.getByText(stage).click()
        }
        await expect(page.getByLabel("What nslookup or dig printed")).toBeVisible()
        await expectAccessible(page)
        await expectNoSidewaysScroll(page)
        for (const [title, inside] of [
          ["Timeline", page.getByRole("slider")],
          ["As code", page.getByRole("button", { name: "curl", exact: true })],
          ["Hand it off", page.getByLabel("For whom")],
          ["Change", page.getByLabel("Reason for the change")],
          ["Delete", page.getByLabel("Reason to delete it")],
        ] as const) {
          await openFold(page, title)
          await expect(inside).toBeVisible()
          await expectAccessible(page)
          await expectNoSidewaysScroll(page)
        }
      })
    })
  }
}
