import type { Route } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { peered } from "./connection-page.ts"
import { createButton, fillForm, openForm } from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"

const posts = { method: "POST", path: "/peers" }

test(
  "a create whose answer is lost is found in Atlas and not sent again",
  { tag: "@postgres" },
  async ({ page, app }) => {
    await openForm(page, app.url, projects.documentation, "AWS")
    await fillForm(page, "AWS")
    app.simulator.addFault({ match: posts, fault: { cut: "after" }, times: 1 })
    await createButton(page).click()

    await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-0a1b2c3d4e5f60718")
    expect(app.simulator.peers(projects.documentation)).toHaveLength(1)
  },
)

test(
  "a create with an unknown outcome is reported as unknown and can be checked again",
  { tag: "@postgres" },
  async ({ page, app }) => {
    await openForm(page, app.url, projects.documentation, "AWS")
    await fillForm(page, "AWS")
    app.simulator.addFault({ match: posts, fault: { cut: "before" }, times: 1 })
    await createButton(page).click()

    await expect(page.getByRole("button", { name: "Check now" })).toBeVisible()
    await page.getByRole("button", { name: "Check now" }).click()
    await expect(page.getByRole("button", { name: "Check now" })).toBeVisible()
    expect(app.simulator.peers(projects.documentation)).toEqual([])
  },
)

test("a refused create shows its refusal where the button was pressed, also on a phone", async ({
  page,
  app,
}) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await openForm(page, app.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  app.simulator.addFault({ match: posts, fault: { status: 403 }, times: 1 })
  await createButton(page).click()

  await expect(page.getByRole("alert").getByText("isn't on the API key's access list")).toBeInViewport()
})

test(
  "a page reports that the server is gone and catches up when it is back",
  { tag: "@postgres" },
  async ({ page, app }) => {
    const peers = app.simulator.peers(projects.payments)
    const waiting = peers.find(
      ({ status, providerName }) => status === "PENDING_ACCEPTANCE" && providerName === "AWS",
    )
    await page.goto(`${app.url}/projects/${projects.payments}/connections/${waiting?.id}`)
    await expect(page.getByText("Accept in AWS", { exact: true }).first()).toBeVisible()
    await expect(page.getByText("Live", { exact: true })).toBeVisible()

    await app.stopServer()
    await expect(page.getByText(/reconnecting|stale/i).first()).toBeVisible()
    await expect(page.getByText("Accept in AWS", { exact: true }).first()).toBeVisible()

    app.simulator.cloudSide(waiting?.id ?? "", "reject")
    await app.startServer()
    await expect(page.getByText("Live", { exact: true })).toBeVisible()
    await expect(page.getByText("Rejected", { exact: true }).first()).toBeVisible()
  },
)

test("a browser without a network says so, sends nothing later, and shows the page when the network is back", async ({
  page,
  app,
  context,
}) => {
  const peerings = `${app.url}/projects/${projects.payments}/connections`
  const working = app.simulator.peers(projects.payments).find(({ status }) => status === "AVAILABLE")
  await page.goto(`${peerings}/${working?.id}`)
  await page.getByRole("button", { name: "Rename" }).click()
  await page.getByRole("textbox", { name: "Name" }).fill("orders")
  await context.setOffline(true)
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByText("Can't reach the server").first()).toBeVisible()
  await page.keyboard.press("Escape")
  await page.getByRole("link", { name: "Audit log" }).click()
  await expect(page.getByRole("alert").getByText("Can't load this page")).toBeVisible()

  await context.setOffline(false)
  await expect(page.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole("button", { name: "Rename" })).toBeVisible()
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("orders")
})

test("a change refused for the connection's state names that state and when the change is possible", async ({
  page,
  app,
}) => {
  // The page misses the new state: its last known one allows the change.
  await page.route("**/api/events**", (route) => route.abort())
  const peers = app.simulator.peers(projects.payments)
  const waiting = peers.find(({ status }) => status === "PENDING_ACCEPTANCE")
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${waiting?.id}`)
  await page.getByRole("button", { name: "Edit" }).click()
  await page.getByRole("textbox", { name: "VPC ID" }).fill("vpc-0a1b2c3d4e5f60719")
  await page.getByLabel("Reason", { exact: true }).fill("PAY-301 the VPC moves")
  app.simulator.cloudSide(waiting?.id ?? "", "accept")
  await page.getByRole("button", { name: "Save and restart" }).click()
  const refusal = page.getByRole("alert")
  await expect(refusal.getByText("Atlas is changing this connection (FINALIZING).")).toBeVisible()
  await expect(refusal.getByText("Change it once it is waiting, available or failed.")).toBeVisible()
  await expect(refusal.getByText("PEER_INVALID_STATE")).toBeVisible()
  await expectGoodInEveryView(page)

  await page.unroute("**/api/events**")
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  await expect(page.getByText(/^In progress at Atlas\. Edit it once/)).toBeVisible()
  await expect(page.getByRole("textbox", { name: "VPC ID" })).toHaveValue("vpc-0a1b2c3d4e5f60719")
  app.simulator.advance(35)
  await expect(peered(page)).toBeVisible()
  await page.getByRole("button", { name: "Save and restart" }).click()
  await expect(page.getByText("Requesting in AWS").first()).toBeVisible()
})

test("the dialog of a change stays for the answer however often Escape is pressed", async ({ page, app }) => {
  const working = app.simulator
    .peers(projects.payments)
    .find(({ providerName, status }) => providerName === "AWS" && status === "AVAILABLE")
  const address = `/projects/${projects.payments}/connections/${working?.id}`
  await page.goto(`${app.url}${address}`)
  await page.getByRole("button", { name: "Edit" }).click()
  await page.getByRole("textbox", { name: "VPC CIDR" }).fill("10.99.0.0/16")
  await page.getByLabel("Reason", { exact: true }).fill("PAY-301 the VPC moves")
  const held: Route[] = []
  await page.route(`**/peerings/${working?.id}`, (route) => void held.push(route))
  await page.getByRole("button", { name: "Save changes" }).click()
  await expect.poll(() => held.length).toBe(1)
  for (let pressed = 0; pressed < 4; pressed += 1) await page.keyboard.press("Escape")
  await held[0]?.abort()
  await expect(page.getByRole("alert").getByText("Can't reach the server")).toBeVisible()
  await expect(page.getByRole("textbox", { name: "VPC CIDR" })).toHaveValue("10.99.0.0/16")
})

test("the form of a new connection keeps what was typed when a part of it can't be loaded", async ({
  page,
  app,
}) => {
  await openForm(page, app.url, projects.documentation, "AWS")
  // As after an update, whose files have other names.
  await page.route(/\/assets\/(?:normalise|SuggestedFixes|LookUp|PolicyChecks)/, (route) => route.abort())
  await fillForm(page, "AWS")
  await page.getByText(/^\d+ not checked$/).click()
  await expect(page.getByText("Can't load this part")).toBeVisible()
  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue(/^vpc-/)
  await createButton(page).click()
  await expect(page.getByText("Requesting in AWS").first()).toBeVisible()
})

test("pasted text stays when what reads it can't be loaded, says so, and is read on the next paste", async ({
  page,
  app,
}) => {
  await openForm(page, app.url, projects.documentation, "AWS")
  await page.route(/\/assets\/pasted/, (route) => route.abort())
  const paste = page.getByLabel("Paste to fill")
  const arn = "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718"
  await paste.fill(arn)
  await expect(page.getByText("Can't load this part")).toBeVisible()
  await expect(paste).toHaveValue(arn)
  await page.unroute(/\/assets\/pasted/)
  await paste.fill(`${arn}\n`)
  await expect(page.getByText("Filled from", { exact: false }).first()).toBeVisible()
  await expect(page.getByText("Can't load this part")).toBeHidden()
  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue("vpc-0a1b2c3d4e5f60718")
})
