import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { act, confirmDeletion, markAsDone, openStep, openStop, peered, stopRow } from "./connection-page.ts"
import { chooseContainer, createButton, fillForm, openForm, type Cloud } from "./new-connection.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"

/** Sends the form and returns the id that Atlas gives the connection. */
async function send(
  page: Page,
  app: RunningApp,
  name: string,
  cloud: Cloud,
  region: string,
): Promise<string> {
  app.simulator.addCluster(projects.documentation, "ledger", [[cloud, region]])
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name)
  await expect(page.getByText(/^Requesting in/).first()).toBeVisible()
  // The page is not loaded again after this.
  await page.evaluate(() => Object.assign(window, { isTheSame: true }))
  const [peer] = app.simulator.peers(projects.documentation)
  return peer?.id ?? ""
}

async function letIn(page: Page, app: RunningApp, label: string, block: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(block)
  await page.getByLabel("Reason for the entry").fill("PAY-212 checkout reads the ledger")
  await page.getByRole("button", { name: "Add to the access list" }).click()
  const said = page.getByRole("status").filter({ hasText: `The access list has ${block}` })
  await expect(said).toContainText("PENDING")
  app.simulator.advance(15)
  await expect(said).toContainText("ACTIVE")
}

/** Takes a connection from AVAILABLE to applications that connect. */
async function finish(
  page: Page,
  app: RunningApp,
  { entry, string, inside, past }: Pick<Journey, "entry" | "string" | "inside" | "past">,
): Promise<void> {
  await expect(peered(page)).toBeVisible()
  expect(await page.evaluate(() => "isTheSame" in window)).toBe(true)

  await openStop(page, "cluster")
  await expect(stopRow(page, "cluster").getByRole("radio", { name: /ledger/ })).toBeChecked()
  await expect(
    page.getByText(string === "standard" ? /^mongodb\+srv:\/\/ledger\./ : /^mongodb\+srv:\/\/ledger-pri\./),
  ).toBeVisible()
  await expect(page.getByRole("button", { name: "Copy string" })).toBeVisible()
  await openStep(page, "access-list")
  await letIn(page, app, ...entry)
  await openStep(page, "try-it")
  const lookup = page.getByLabel("Output of nslookup or dig")
  // The step is drawn again when what proves the one before is read, which may be at this moment.
  await expect(async () => {
    if (!(await lookup.isVisible())) await page.getByText("Test by hand").click({ timeout: 1_000 })
    await expect(lookup).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await lookup.fill("Server: 10.0.0.2\nAddress: 10.0.0.2#53\n\nName: a.mongodb.net\nAddress: 52.1.2.3")
  await expect(page.getByText(/resolves to a public IP/)).toBeVisible()
  await expect(page.getByText(past)).toBeVisible()
  await lookup.fill(`Server: 10.0.0.2\nAddress: 10.0.0.2#53\n\nName: a.mongodb.net\nAddress: ${inside}`)
  await expect(page.getByText("uses the peering.")).toBeVisible()
  const port = page.getByLabel("Output of nc, telnet or Test-NetConnection")
  await port.fill("nc: connect to a.mongodb.net port 27017 (tcp) timed out: Operation now in progress")
  await expect(page.getByText("The connection timed out.")).toBeVisible()
  await port.fill("Connection to a.mongodb.net 27017 port [tcp/*] succeeded!")
  await expect(page.getByText("The port answers. The connection works.")).toBeVisible()
  await markAsDone(page, "try-it")
}

/** Exports the connection as code, then deletes it. */
async function takeAway(page: Page, app: RunningApp, cloud: Cloud, id: string, name: string) {
  await page.getByRole("link", { name: "Code" }).click()
  await expect(page.getByText(/resource "mongodbatlas_network_peering"/)).toContainText(
    `${projects.documentation}-${id}-${cloud}`,
  )
  await page.getByRole("button", { name: "curl", exact: true }).click()
  await expect(page.getByText(/curl .*--digest/)).toContainText(name)

  await act(page, "Delete…")
  await expect(page.getByText("It can be recreated")).toBeVisible()
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("another one")
  await expect(page.getByRole("button", { name: "Delete connection" })).toHaveAttribute(
    "aria-disabled",
    "true",
  )
  await expectGoodInEveryView(page)
  await confirmDeletion(page, name)
  await expect(page.getByText("Atlas is deleting this connection.")).toBeVisible()
  app.simulator.advance(30)
  await expect(page.getByText(/^Deleted by Olivia Marsh/)).toContainText("PAY-300 the ledger moves")
  expect(await page.evaluate(() => "isTheSame" in window)).toBe(true)
  expect(app.simulator.peers(projects.documentation)).toEqual([])
}

interface Journey {
  name: string
  /** The field of the access list and the block to add. */
  entry: [label: string, block: string]
  string: "standard" | "private"
  /** An address in the container's block. */
  inside: string
  /** The advice when the name resolves to an address outside the peering. */
  past: string
}

test(
  "AWS: a connection is created, accepted by the VPC's account, used, exported and deleted",
  { tag: "@postgres" },
  async ({ page, app }) => {
    const name = "vpc-0a1b2c3d4e5f60718"
    await openForm(page, app.url, projects.documentation, "AWS")
    await fillForm(page, "AWS")
    await chooseContainer(page, /US_EAST_1/)
    const id = await send(page, app, name, "AWS", "US_EAST_1")
    // The project has a container of each cloud under one id. This is the AWS one.
    await expect(page.getByText("US_EAST_1").first()).toBeVisible()
    app.simulator.advance(25)
    await expect(page.getByText("Accept in AWS", { exact: true }).first()).toBeVisible()
    const [peer] = app.simulator.peers(projects.documentation)
    await expect(page.getByText(`Account 4829 1357 0264 must accept the request`)).toBeVisible()
    await expect(page.getByText(/aws ec2 accept-vpc-peering-connection/)).toContainText(
      peer?.connectionId ?? "no id",
    )
    await markAsDone(page, "aws-dns")
    app.simulator.cloudSide(id, "accept")
    await page.getByRole("button", { name: "Check now" }).click()
    await expect(page.getByText("Finalizing", { exact: true }).first()).toBeVisible()
    app.simulator.advance(35)

    await expect(peered(page)).toBeVisible()
    await openStop(page, "peering")
    await expect(stopRow(page, "peering")).toContainText(/Proven.*Atlas/s)
    await markAsDone(page, "aws-routes")
    await finish(page, app, {
      entry: ["CIDR", "10.90.0.0/16"],
      string: "standard",
      inside: "10.8.0.5",
      past: "Enable DNS resolution and hostnames on the VPC, and test from inside it.",
    })
    await takeAway(page, app, "AWS", id, name)

    // The last known values survive a reload.
    await page.reload()
    await expect(page.getByText(/^Deleted by Olivia Marsh/)).toBeVisible()
    await page.getByRole("link", { name: "Activity" }).click()
    const activity = page.getByRole("list", { name: "Activity" })
    await expect(activity.getByText("PAY-212 checkout reads the ledger").first()).toBeVisible()
    await expect(activity.getByText("PAY-300 the ledger moves")).toBeVisible()
    await expect(activity.getByText("No longer in Atlas")).toBeVisible()
  },
)

test("Google Cloud: a connection is created, peered back by the network's owner, used, exported and deleted [A2]", async ({
  page,
  app,
}) => {
  const name = "checkout"
  await openForm(page, app.url, projects.documentation, "GCP")
  await fillForm(page, "GCP")
  const id = await send(page, app, name, "GCP", "CENTRAL_US")
  app.simulator.advance(45)
  await expect(page.getByText("Peer from Google Cloud", { exact: true }).first()).toBeVisible()
  // The container's project and network as soon as Atlas has made them, never the person's.
  await expect(page.getByText(/gcloud compute networks peerings create/)).toHaveText(
    /--project=acme-checkout-417203\W+--network=checkout\W+--peer-project=p-[0-9a-z]{24}\W+--peer-network=nt-[0-9a-f]{24}-[0-9a-z]{8}$/,
  )
  app.simulator.cloudSide(id, "create-reciprocal")
  app.simulator.advance(25)
  await page.getByRole("button", { name: "Check now" }).click()

  await finish(page, app, {
    entry: ["CIDR", "10.128.0.0/9"],
    string: "private",
    inside: "10.16.0.5",
    past: "Use the private connection string. Its hostnames contain -pri.",
  })
  await takeAway(page, app, "GCP", id, name)
})

test("Azure: a connection is permitted by the VNet's owner, created, used, exported and deleted", async ({
  page,
  app,
}) => {
  const name = "vnet-checkout"
  await openForm(page, app.url, projects.documentation, "AZURE")
  await fillForm(page, "AZURE")
  // A tick counts only for the VNet named when it was set.
  await page.getByRole("textbox", { name: "VNet name" }).fill("vnet-other")
  await expect(createButton(page)).toHaveAttribute("aria-disabled", "true")
  await expect(createButton(page)).toHaveAccessibleDescription(/role assignment/)
  await page.getByRole("textbox", { name: "VNet name" }).fill(name)
  const scope = `/subscriptions/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/resourceGroups/rg-checkout/providers/Microsoft.Network/virtualNetworks/${name}`
  await expect(page.getByText(/az role assignment create/)).toContainText(scope)
  await page.getByText("Verify the assignment", { exact: true }).click()
  const listed = page.getByLabel("Output of az role assignment list")
  const role = {
    principalName: "e90a1407-55c3-432d-9cb1-3638900a9d22",
    roleDefinitionName: "Network Contributor",
    scope: `${scope}-2`,
  }
  await listed.fill(JSON.stringify([role]))
  await expect(page.getByText(/not on this VN/)).toBeVisible()
  await listed.fill(JSON.stringify([{ ...role, scope }]))
  await expect(page.getByText("Atlas can peer with this VNet.", { exact: true })).toBeVisible()
  await expectGoodInEveryView(page)
  await page.getByRole("checkbox", { name: `The role is assigned on ${name}` }).check()
  const id = await send(page, app, name, "AZURE", "US_EAST_2")

  app.simulator.advance(65)
  await finish(page, app, {
    entry: ["CIDR", "10.240.0.0/16"],
    string: "private",
    inside: "10.24.0.5",
    past: "Use the private connection string. Its hostnames contain -pri.",
  })
  await takeAway(page, app, "AZURE", id, name)
})
