import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { openStep, openStop, stopButton, stopRow } from "./connection-page.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"

async function openAvailable(page: Page, app: RunningApp, providerName: string): Promise<void> {
  const peers = app.simulator.peers(projects.payments)
  const peer = peers.find((one) => one.providerName === providerName && one.status === "AVAILABLE")
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${peer?.id}`)
  await openStop(page, "cluster")
}

/** The string at the end of the path. */
const string = (page: Page) => page.getByText(/^mongodb\+srv:\/\//)

/** Writes the output of the test script for one host. */
function print(name: string, more: readonly string[] = [], dnsServer = "10.0.0.2"): string {
  const host = name.startsWith("is-an-address") ? "192.168.249.7" : "ledger-shard-00-00.k3v9x.mongodb.net"
  const lines = [`dns-server: ${dnsServer}`, `host: ${host}:27017`, `  name: ${name}`, ...more]
  return ["Peering diagnosis 1 AWS 192.168.248.0/21", ...lines, "End of diagnosis"].join("\n")
}

const inside = "private 192.168.249.7"
const failures = [
  ["a public address", print("public 52.4.1.9"), "resolves to the public 52.4.1.9", "dns"],
  ["no route", print(inside, ["  route: unreachable"]), "no route to 192.168.249.7", "route"],
  ["a closed port", print(inside, ["  tcp 27017: refused"]), "The port is closed", "cluster"],
  ["TLS by IP", print("is-an-address 192.168.249.7"), "is an IP address", "cluster"],
  ["a wrong resolver", print("public 52.4.1.9", [], "8.8.8.8"), "8.8.8.8 isn't the VPC's own", "cluster"],
] as const

/** Strings made from a cluster's standardSrv, and what the page says of each. */
const judgedStrings: [(standardSrv: string) => string, string | RegExp][] = [
  [
    (own) => own.replace("ledger.", "ledger-"),
    "Can't tell: this may be the string of ledger from before March 2020.",
  ],
  [() => "mongodb+srv://pl-0-us-east-1a.ab123.mongodb.net", /for a private endpoint/],
  [(own) => `${own}/?directConnection=true`, /Drivers refuse directConnection=true/],
  [(own) => own.replace("ledger.", "other."), "No cluster of this project has this host."],
]

test("a connection's clusters are called unknown while they can't be read, and include one on several clouds after that", async ({
  page,
  app,
}) => {
  app.simulator.addCluster(projects.payments, "global", [
    ["AWS", "US_EAST_1"],
    ["GCP", "CENTRAL_US"],
  ])
  app.simulator.addFault({ match: { path: "/clusters" }, fault: { status: 404 } })
  await openAvailable(page, app, "AWS")
  const connect = stopRow(page, "cluster")
  const unknown = "Not known which clusters run behind this connection: they couldn't be read."
  await expect(connect.getByText(unknown)).toBeVisible()
  await expect(connect.getByText("No cluster runs")).toBeHidden()
  await expectGoodInEveryView(page)

  app.simulator.clearFaults()
  await expect(async () => {
    await connect.getByRole("button", { name: "Try again" }).click({ timeout: 1_000 })
    await expect(connect.getByText(unknown)).toBeHidden({ timeout: 1_000 })
  }).toPass()
  await connect.getByRole("radio", { name: /global/ }).check()
  await expect(string(page)).toHaveText(/^mongodb\+srv:\/\/global\./)
  await expect(connect.getByText(/^CENTRAL_US can't be reached over this connection/)).toBeVisible()
})

test("a working connection shows its string, switches custom DNS, explains a wrong string and reads the test [A5] [I1] [I2]", async ({
  page,
  app,
}) => {
  await openAvailable(page, app, "AWS")
  const connect = stopRow(page, "cluster")
  await connect.getByRole("radio", { name: /ledger/ }).check()
  await expect(string(page)).toHaveText(/^mongodb\+srv:\/\/ledger\.\w+\.mongodb\.net$/)
  await expect(
    connect.getByText("EU_WEST_1 can't be reached over this connection", { exact: false }),
  ).toBeVisible()
  await connect.getByRole("radio", { name: /orders/ }).check()
  await expect(connect.getByText("Not ready yet")).toBeVisible()
  await connect.getByRole("radio", { name: /ledger/ }).check()
  const standard = (await string(page).textContent()) ?? ""

  await connect.getByText(/^Custom DNS:/).click()
  await connect.getByRole("button", { name: "Enable custom DNS…" }).click()
  const dialog = page.getByRole("dialog", { name: "Enable custom DNS?" })
  await dialog.getByLabel("Reason").fill("PAY-310 own DNS servers")
  await expectGoodInEveryView(page)
  await dialog.getByRole("button", { name: "Enable custom DNS" }).click()
  await expect(string(page)).toHaveText(/^mongodb\+srv:\/\/ledger-pri\./)

  await connect.getByText("Check the string you use").click()
  const field = connect.getByLabel("Connection string", { exact: true })
  await field.fill(standard.replace("://", "://app:s3cret@"))
  await expect(field).toHaveValue(standard)
  await expect(
    connect.getByText(
      "Can't tell: standardSrv resolves to private addresses only through the VPC's own resolver.",
    ),
  ).toBeVisible()
  await expectGoodInEveryView(page)
  for (const [text, says] of judgedStrings) {
    await field.fill(text(standard))
    await expect(connect.getByText(says)).toBeVisible()
  }
  await openStop(page, "application")
  await page.getByText("Who can connect?").click()
  await page.getByLabel("Applications run in").selectOption("Own data centre, by VPN or Direct Connect")
  await expect(page.getByText("No, not over this connection")).toBeVisible()

  await openStep(page, "try-it")
  await page.getByText("Show the script").click()
  await expectGoodInEveryView(page)
  for (const [, output, says, stop] of failures) {
    await openStep(page, "try-it")
    await page.getByLabel("Output of the test script").fill(output)
    await expect(page.getByText(says)).toBeVisible()
    await page.getByRole("button", { name: "Open the step" }).click()
    await expect(stopButton(page, stop)).toBeFocused()
  }
  await page.goto(`${app.url}/audit`)
  await expect(page.getByText("PAY-310 own DNS servers").first()).toBeVisible()
})
