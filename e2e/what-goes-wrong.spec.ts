import type { Page } from "@playwright/test"
import { askAtlas } from "./another-tool.ts"
import { expectGoodInEveryLook } from "./every-look.ts"
import { createButton, fillForm, openForm, vouchForPermission } from "./new-connection.ts"
import type { RunningDesk } from "./running-desk.ts"
import { expect, projects, test } from "./story.ts"

const openFold = (page: Page, title: string) =>
  page.getByRole("heading", { level: 2, name: title, exact: true }).click()
const title = (page: Page) => page.getByRole("heading", { level: 1 })
const text = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const verdict = (page: Page) => page.getByRole("region", { name: "Will this work?" })
const why = (page: Page) => page.getByRole("region", { name: "Why it failed" })

/** Opens the first connection of a cloud in a state, and answers what the stand-in knows of it, and its name. */
async function open(page: Page, desk: RunningDesk, providerName: string, status: string) {
  const peers = await desk.simulator.peers(projects.payments)
  const peer = peers.find((one) => one.providerName === providerName && one.status === status)
  if (peer === undefined) throw new Error(`No ${providerName} connection is ${status}`)
  await page.goto(`${desk.url}/projects/${projects.payments}/connections/${peer.id}`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  await expect(page.getByRole("list", { name: "Stations" })).toBeVisible()
  return { ...peer, name: (await title(page).textContent()) ?? "" }
}

async function typeDeletion(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name of the connection").fill(name)
  await page.getByLabel("Reason to delete it").fill("PAY-300 it never worked")
  await page.getByRole("button", { name: "Delete this connection" }).click()
}

test("Google Cloud: an owner who forgot to peer back is named, with what to do and since when, for as long as it takes [A10]", async ({
  page,
  desk,
}) => {
  await page.goto(`${desk.url}/projects/${projects.payments}/connections`)
  const tasks = page.getByRole("list", { name: "Needs a person" })
  await expect(tasks.getByText("acme-payments-prod-417203")).toBeVisible()
  await open(page, desk, "GCP", "WAITING_FOR_USER")
  await desk.simulator.advance(90 * 24 * 3600)

  await page.getByRole("button", { name: "I peered back, look now" }).click()
  await expect(page.getByText("Atlas still says WAITING_FOR_USER")).toBeVisible()
  await expect(page.getByText("Your turn: peer back from Google Cloud")).toBeVisible()
  await expect(page.getByText("acme-payments-prod-417203/payments-vpc")).toBeVisible()
  await expect(page.getByText(/^p-[0-9a-z]{24}\/nt-[0-9a-f]{24}-[0-9a-z]{8}$/)).toBeVisible()
  await expect(page.getByText("There is no deadline.")).toBeVisible()
  await expect(page.getByText(/^since/)).toHaveText(/\d\d:\d\d/)
  await expect(page.getByText(/gcloud compute networks peerings create/)).toBeVisible()
  await openFold(page, "Hand it off")
  await page.getByRole("button", { name: "Make a link" }).click()
  await expect(page.getByText("/hand-off#")).toBeVisible()
  await expectGoodInEveryLook(page)
})

test("AWS: a rejected request says whom to ask; what failed is deleted, and asked for anew", async ({
  page,
  desk,
}) => {
  const { id, name } = await open(page, desk, "AWS", "PENDING_ACCEPTANCE")
  await desk.simulator.act(id, "reject")
  await expect(page.getByText("The owner of the VPC rejected the request.")).toBeVisible()
  await expect(page.getByText("Ask them why")).toBeVisible()
  await expect(why(page).getByText("delete it first")).toBeVisible()
  await expect(why(page).getByText("REJECTED")).toBeVisible()

  await page.getByRole("link", { name: "Try again as a new one" }).click()
  await expect(text(page, "VPC ID")).toHaveValue(name)
  await expect(verdict(page).getByText("Atlas would refuse this")).toBeVisible()
  await expectGoodInEveryLook(page)
  await verdict(page)
    .getByRole("link", { name: `Delete the failed connection ${id}` })
    .click()

  await page.getByRole("button", { name: "Delete this one" }).click()
  await expect(page.getByText("Applications that reach Atlas through it")).toBeVisible()
  const body = { error: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST", detail: "IP address 203.0.113.9 …" }
  await desk.simulator.addFault({ match: { method: "DELETE" }, fault: { status: 403, body }, times: 1 })
  await typeDeletion(page, name)
  await expect(page.getByRole("alert").getByText("IP_ADDRESS_NOT_ON_ACCESS_LIST")).toBeVisible()
  await expect(page.getByRole("alert").getByRole("link", { name: "To the keys" })).toBeVisible()
  await expectGoodInEveryLook(page)
  await page.getByRole("button", { name: "Delete this connection" }).click()
  await expect(page.getByText("Atlas is removing this connection.")).toBeVisible()
  await desk.simulator.advance(30)
  await expect(page.getByText("Atlas no longer lists this connection.")).toBeVisible()

  await page.getByRole("link", { name: "Ask for it anew" }).click()
  await expect(text(page, "VPC ID")).toHaveValue(name)
  await expect(verdict(page).getByText("Atlas would take this")).toBeVisible()
  await text(page, "Reason").fill("PAY-212 the owner agrees now")
  await createButton(page).click()
  await expect(title(page)).toHaveText(name)
  await expect(page.getByText("Atlas is working").first()).toBeVisible()
})

test("AWS: a request that nobody accepts for seven days is shown as failed, never as done, and is tried again with the same values [A6] [B10]", async ({
  page,
  desk,
}) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await createButton(page).click()
  await expect(page.getByText("Atlas is working").first()).toBeVisible()
  await desk.simulator.advance(25)
  await expect(page.getByText("Your turn: accept in AWS")).toBeVisible()

  await desk.simulator.advance(7 * 24 * 3600)
  await expect(page.getByText("Failed", { exact: true }).first()).toBeVisible()
  await expect(page.getByText("Nobody accepted the request within 7 days")).toBeVisible()
  await expect(page.getByText("send the owner of the VPC the hand-off link")).toBeVisible()
  await expect(why(page).getByText("EXPIRED")).toBeVisible()
  await expect(page.getByText("The two networks are joined.")).toHaveCount(0)

  await page.getByRole("link", { name: "Try again as a new one" }).click()
  for (const [label, value] of [
    ["AWS account ID", "482913570264"],
    ["VPC region", "us-west-1"],
    ["VPC ID", "vpc-0a1b2c3d4e5f60718"],
    ["VPC CIDR", "10.90.0.0/16"],
  ] as const) {
    await expect(text(page, label)).toHaveValue(value)
  }
  await expect(verdict(page).getByText("PEER_ALREADY_EXISTS").first()).toBeVisible()
})

test("Azure: without the permission nothing is made, and one that loses it later fails; both say how it is given", async ({
  page,
  desk,
}) => {
  await openForm(page, desk.url, projects.documentation, "AZURE")
  await fillForm(page, "AZURE")
  await page.getByLabel("VNet name").fill("no-permission-checkout")
  await vouchForPermission(page)
  await createButton(page).click()
  const refusal = page.getByRole("alert")
  await expect(refusal.getByText("Azure did not let Atlas look at the VNet.")).toBeVisible()
  await expect(refusal.getByText("no-permission-checkout in rg-checkout")).toBeVisible()
  await expect(refusal.getByText("Give Atlas's application its role on the VNet")).toBeVisible()
  await expect(refusal.locator("code").filter({ hasText: "AZURE_CUSTOMER_NETWORK_VALIDATION" })).toBeVisible()
  await refusal.getByRole("button", { name: "To Atlas's permission in Azure" }).click()
  await expect(page.getByRole("checkbox", { name: /^Atlas has its role on/ })).toBeFocused()
  await expectGoodInEveryLook(page)
  expect(await desk.simulator.peers(projects.documentation)).toEqual([])

  const { id } = await open(page, desk, "AZURE", "AVAILABLE")
  await desk.simulator.act(id, "revoke-permission")
  await expect(page.getByText("Atlas may no longer peer with this network")).toBeVisible()
  await expect(page.getByText("Give the permission back, then ask anew.")).toBeVisible()
  await page.getByRole("button", { name: "Give the permission in Azure" }).click()
  await expect(page.getByText(/az role assignment create/)).toBeVisible()
  await page.getByLabel("What az role assignment list printed").fill("[]")
  await expect(page.getByText("It lists no role assignment.")).toBeVisible()
  await expectGoodInEveryLook(page)
})

test("a connection that works and then fails is flagged at once, on its page and in the list", async ({
  page,
  context,
  desk,
}) => {
  const list = await context.newPage()
  await list.goto(`${desk.url}/projects/${projects.payments}/connections`)
  const { id, name } = await open(page, desk, "GCP", "AVAILABLE")
  const row = list.getByRole("row").filter({ has: list.locator(`a[href$="${id}"]`) })
  await expect(row.getByText("Available")).toBeVisible()

  await desk.simulator.act(id, "delete-network")
  await expect(page.getByText("The network on your side is gone")).toBeVisible()
  await expect(page.getByText("If it was deleted on purpose, delete the connection.")).toBeVisible()
  await expect(why(page).getByText("The peered network no longer exists.")).toBeVisible()
  await expect(page.getByText("It was available, and is not any more")).toBeVisible()
  await expect(row.getByText("Failed")).toBeVisible()
  await page.getByRole("link", { name: "Try again as a new one" }).click()
  await expect(page.getByLabel("VPC network name")).toHaveValue(name)
})

test("a connection that another tool makes is adopted, and one that vanishes leaves what was last known of it", async ({
  page,
  desk,
}) => {
  await page.goto(`${desk.url}/projects/${projects.payments}/connections`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  const like = (await desk.simulator.peers(projects.payments)).find(
    ({ providerName }) => providerName === "GCP",
  )
  const { containerId } = (await askAtlas(desk, "GET", `/groups/${projects.payments}/peers/${like?.id}`)) as {
    containerId: string
  }
  const asked = {
    providerName: "GCP",
    containerId,
    gcpProjectId: "acme-orders-508811",
    networkName: "orders",
  }
  const made = (await askAtlas(desk, "POST", `/groups/${projects.payments}/peers`, asked)) as { id: string }

  await page.getByRole("link", { name: "orders" }).click()
  const record = page.getByRole("region", { name: "What this server knows" })
  await expect(record.getByText("Found in Atlas, made elsewhere")).toBeVisible()
  await expect(record.getByText("First seen")).toBeVisible()
  await record.getByLabel("Our name for it").fill("orders of the shop")
  await record.getByRole("button", { name: "Save the name" }).click()
  await expect(page.getByText("orders of the shop · Google Cloud")).toBeVisible()
  await expectGoodInEveryLook(page)

  await askAtlas(desk, "DELETE", `/groups/${projects.payments}/peers/${made.id}`)
  await desk.simulator.advance(60)
  await expect(page.getByText("Atlas no longer lists this connection.")).toBeVisible()
  await page.reload()
  await expect(page.getByText("Atlas no longer lists this connection.")).toBeVisible()
  await expect(title(page)).toHaveText("orders")
  await expect(page.getByText(made.id, { exact: true })).toBeVisible()
  await expect(record.getByText("orders of the shop")).toBeVisible()
  await openFold(page, "Timeline")
  await expect(page.getByRole("list", { name: "Timeline" }).getByText("No longer in Atlas")).toBeVisible()
  await expectGoodInEveryLook(page)
  await page.getByRole("link", { name: "Ask for it anew" }).click()
  await expect(page.getByLabel("Google Cloud project ID")).toHaveValue("acme-orders-508811")
})

test("a change that Atlas refuses for the connection's state says which state that is, and when it can be made", async ({
  page,
  desk,
}) => {
  // The page misses the news: what it last heard allows the change.
  await page.route("**/api/events**", (route) => route.abort())
  const peers = await desk.simulator.peers(projects.payments)
  const waiting = peers.find(({ status }) => status === "PENDING_ACCEPTANCE")
  await page.goto(`${desk.url}/projects/${projects.payments}/connections/${waiting?.id}`)
  await openFold(page, "Change")
  await page.getByRole("textbox", { name: "VPC ID" }).fill("vpc-0a1b2c3d4e5f60719")
  await page.getByLabel("Reason for the change").fill("PAY-301 the VPC moves")
  await desk.simulator.act(waiting?.id ?? "", "accept")
  await page.getByRole("button", { name: "Change it and start anew" }).click()
  const refusal = page.getByRole("alert")
  await expect(refusal.getByText("Atlas is at work on this connection (FINALIZING).")).toBeVisible()
  await expect(refusal.getByText("Change it when it waits for you, works or has failed.")).toBeVisible()
  await expect(refusal.getByText("PEER_INVALID_STATE")).toBeVisible()
  await expectGoodInEveryLook(page)

  await page.unroute("**/api/events**")
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  await expect(page.getByText("It can be changed when it waits for you, works or has failed.")).toBeVisible()
  await expect(page.getByRole("textbox", { name: "VPC ID" })).toHaveValue("vpc-0a1b2c3d4e5f60719")
  await desk.simulator.advance(35)
  await expect(page.getByText("The two networks are joined.")).toBeVisible()
  await page.getByRole("button", { name: "Change it and start anew" }).click()
  await expect(page.getByText("Atlas is working").first()).toBeVisible()
})
