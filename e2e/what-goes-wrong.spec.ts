import type { Page } from "@playwright/test"
import { askAtlas } from "./another-tool.ts"
import { expectGoodInEveryView } from "./accessible.ts"
import { act, confirmDeletion, openStep } from "./connection-page.ts"
import { createButton, fillForm, openForm, vouchForPermission } from "./new-connection.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"

const title = (page: Page) => page.getByRole("heading", { level: 1 })
const text = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const verdict = (page: Page) => page.getByRole("region", { name: "Plan and checks" })
const why = (page: Page) => page.getByRole("list", { name: "Evidence" })

/** Opens the first connection of a cloud in a state. Returns what the simulator knows about it, and its name. */
async function open(page: Page, app: RunningApp, providerName: string, status: string) {
  const peers = app.simulator.peers(projects.payments)
  const peer = peers.find((one) => one.providerName === providerName && one.status === status)
  if (peer === undefined) throw new Error(`No ${providerName} connection is ${status}`)
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${peer.id}`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  await expect(page.getByRole("region", { name: "Path" })).toBeVisible()
  return { ...peer, name: (await title(page).textContent()) ?? "" }
}

test("Google Cloud: an owner who has not peered back is named, with the action and the waiting time, for as long as it takes [A10]", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/projects/${projects.payments}/connections`)
  const row = page.getByRole("row").filter({ hasText: "acme-payments-prod-417203" })
  await expect(row.getByText("Peer from Google Cloud")).toBeVisible()
  await open(page, app, "GCP", "WAITING_FOR_USER")
  app.simulator.advance(90 * 24 * 3600)

  await page.getByRole("button", { name: "Check now" }).click()
  await expect(page.getByText(/^Not peered yet/)).toBeVisible()
  await expect(page.getByText("Peer from Google Cloud", { exact: true }).first()).toBeVisible()
  await expect(page.getByText("acme-payments-prod-417203/payments-vpc must peer back")).toBeVisible()
  await expect(
    page.getByText(/^Peer it with p-[0-9a-z]{24}\/nt-[0-9a-f]{24}-[0-9a-z]{8}\. .*There is no deadline\.$/),
  ).toBeVisible()
  await expect(page.getByText(/gcloud compute networks peerings create/)).toBeVisible()
  await act(page, "Share with owner")
  await page.getByRole("button", { name: "Create link" }).click()
  await expect(page.getByText("/hand-off#")).toBeVisible()
  await expectGoodInEveryView(page)
})

test("AWS: a rejected request says whom to ask, is deleted and is created again", async ({ page, app }) => {
  const { id, name } = await open(page, app, "AWS", "PENDING_ACCEPTANCE")
  app.simulator.cloudSide(id, "reject")
  await expect(page.getByText("The owner of the VPC rejected the request.").first()).toBeVisible()
  await expect(page.getByText("Ask the owner why")).toBeVisible()
  await expect(why(page).getByText("REJECTED", { exact: true })).toBeVisible()

  await act(page, "Duplicate")
  await expect(text(page, "VPC ID")).toHaveValue(name)
  await expect(verdict(page).getByText("Can't create yet")).toBeVisible()
  await expectGoodInEveryView(page)
  await verdict(page)
    .getByRole("link", { name: `Delete the failed connection ${id}` })
    .click()

  await act(page, "Delete…")
  await expect(page.getByText("It is not available, so no application loses access.")).toBeVisible()
  const body = { error: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST", detail: "IP address 203.0.113.9 …" }
  app.simulator.addFault({ match: { method: "DELETE" }, fault: { status: 403, body }, times: 1 })
  await confirmDeletion(page, null)
  await expect(page.getByRole("alert").getByText("IP_ADDRESS_NOT_ON_ACCESS_LIST")).toBeVisible()
  await expect(page.getByRole("alert").getByRole("link", { name: "Atlas keys" })).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("button", { name: "Delete connection" }).click()
  await expect(page.getByText("Atlas is deleting this connection.")).toBeVisible()
  app.simulator.advance(30)
  await expect(page.getByText(/^Deleted by Olivia Marsh/)).toBeVisible()

  await page.getByRole("link", { name: "Recreate" }).click()
  await expect(text(page, "VPC ID")).toHaveValue(name)
  await verdict(page)
    .getByText(/^\d+ not checked$/)
    .click()
  await expect(verdict(page).getByText(/^Overlap with \S+ not checked/)).toBeVisible()
  await text(page, "Reason").fill("PAY-212 the owner agrees now")
  await createButton(page).click()
  await expect(title(page)).toHaveText(name)
  await expect(page.getByText(/^Requesting in/).first()).toBeVisible()
})

test("AWS: a request that nobody accepts for seven days is shown as failed, never as done, and is retried with the same values [A6] [B10]", async ({
  page,
  app,
}) => {
  await openForm(page, app.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await createButton(page).click()
  await expect(page.getByText(/^Requesting in/).first()).toBeVisible()
  app.simulator.advance(25)
  await expect(page.getByText("Accept in AWS", { exact: true }).first()).toBeVisible()

  app.simulator.advance(7 * 24 * 3600)
  await expect(page.getByText("Expired", { exact: true }).first()).toBeVisible()
  await expect(
    page.getByText("Not accepted within 7 days, so AWS dropped the request.").first(),
  ).toBeVisible()
  await expect(page.getByText("Create a new request and share the link with the VPC owner.")).toBeVisible()
  await expect(why(page).getByText("EXPIRED")).toBeVisible()

  await act(page, "Duplicate")
  for (const [label, value] of [
    ["Account ID", "482913570264"],
    ["Region", "us-west-1"],
    ["VPC ID", "vpc-0a1b2c3d4e5f60718"],
    ["VPC CIDR", "10.90.0.0/16"],
  ] as const) {
    await expect(text(page, label)).toHaveValue(value)
  }
  await expect(verdict(page).getByText("PEER_ALREADY_EXISTS").first()).toBeVisible()
})

test("Azure: a missing permission stops the create, and one lost later fails the connection; both say how to grant it", async ({
  page,
  app,
}) => {
  await openForm(page, app.url, projects.documentation, "AZURE")
  await fillForm(page, "AZURE")
  await page.getByRole("textbox", { name: "VNet name" }).fill("no-permission-checkout")
  await vouchForPermission(page)
  await createButton(page).click()
  const refusal = page.getByRole("alert")
  await expect(refusal.getByText("Azure denied Atlas access to the VNet.")).toBeVisible()
  await expect(refusal.getByText("no-permission-checkout in rg-checkout")).toBeVisible()
  await expect(refusal.getByText("Assign Atlas's role on the VNet")).toBeVisible()
  await expect(refusal.locator("code").filter({ hasText: "AZURE_CUSTOMER_NETWORK_VALIDATION" })).toBeVisible()
  await refusal.getByRole("button", { name: "Show the role steps" }).click()
  await expect(page.getByRole("checkbox", { name: /^The role is assigned on/ })).toBeFocused()
  await expectGoodInEveryView(page)
  expect(app.simulator.peers(projects.documentation)).toEqual([])

  const { id } = await open(page, app, "AZURE", "AVAILABLE")
  app.simulator.cloudSide(id, "revoke-permission")
  await expect(page.getByText("Atlas has no permission to peer with this network.").first()).toBeVisible()
  await expect(page.getByText("Restore the permission, then request again.")).toBeVisible()
  await page.getByRole("button", { name: "Assign Atlas's role" }).click()
  await expect(page.getByText(/az ad sp create/)).toBeVisible()
  await openStep(page, "azure-role-assignment")
  await expect(page.getByText(/az role assignment create/)).toBeVisible()
  await openStep(page, "azure-role-check")
  await page.getByLabel("Output of az role assignment list").fill("[]")
  await expect(page.getByText("No role assignments found.")).toBeVisible()
  await expectGoodInEveryView(page)
})

test("a connection that works and then fails is flagged at once on its page and in the list", async ({
  page,
  context,
  app,
}) => {
  const list = await context.newPage()
  await list.goto(`${app.url}/projects/${projects.payments}/connections`)
  const { id, name } = await open(page, app, "GCP", "AVAILABLE")
  const row = list.getByRole("row").filter({ has: list.locator(`a[href$="${id}"]`) })
  await expect(row.getByText("Available")).toBeVisible()

  app.simulator.cloudSide(id, "delete-network")
  await expect(page.getByText(/^The network was deleted in Google Cloud between \S+ and \S+$/)).toBeVisible()
  await expect(page.getByRole("link", { name: "Connect another network" })).toBeVisible()
  await expect(why(page).getByText("The peered network no longer exists.")).toBeVisible()
  await expect(page.getByText(/Was available until/).first()).toBeVisible()
  await expect(row.getByText("Network not found")).toBeVisible()
  await act(page, "Duplicate")
  await expect(page.getByRole("textbox", { name: "VPC network" })).toHaveValue(name)
})

test(
  "a connection made by another tool is adopted, and leaves its last known values when it vanishes",
  { tag: "@postgres" },
  async ({ page, app }) => {
    await page.goto(`${app.url}/projects/${projects.payments}/connections`)
    await expect(page.getByText("Live", { exact: true })).toBeVisible()
    const like = app.simulator.peers(projects.payments).find(({ providerName }) => providerName === "GCP")
    const { containerId } = (await askAtlas(
      app,
      "GET",
      `/groups/${projects.payments}/peers/${like?.id}`,
    )) as {
      containerId: string
    }
    const asked = {
      providerName: "GCP",
      containerId,
      gcpProjectId: "acme-orders-508811",
      networkName: "orders",
    }
    const made = (await askAtlas(app, "POST", `/groups/${projects.payments}/peers`, asked)) as { id: string }

    await page.getByRole("link", { name: "orders" }).click()
    await expect(page.getByText(/^Imported from Atlas, created/)).toBeVisible()
    await page.getByRole("button", { name: "Rename" }).click()
    await page.getByLabel("Display name").fill("orders of the shop")
    await page.keyboard.press("Enter")
    await expect(title(page)).toHaveText("orders of the shop")
    await expectGoodInEveryView(page)

    await askAtlas(app, "DELETE", `/groups/${projects.payments}/peers/${made.id}`)
    app.simulator.advance(60)
    await expect(page.getByText(/^Removed from Atlas around/)).toBeVisible()
    await page.reload()
    await expect(page.getByText(/^Removed from Atlas around/)).toBeVisible()
    await expect(title(page)).toHaveText("orders of the shop")
    await expect(page.getByText(made.id, { exact: true })).toBeVisible()
    await page.getByRole("link", { name: "Activity" }).click()
    await expect(page.getByRole("list", { name: "Activity" }).getByText("No longer in Atlas")).toBeVisible()
    await expectGoodInEveryView(page)
    await page.getByRole("link", { name: "Recreate" }).click()
    await expect(page.getByRole("textbox", { name: "Project ID" })).toHaveValue("acme-orders-508811")
  },
)
