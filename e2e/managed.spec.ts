import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { act } from "./connection-page.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"
import { terraformKey } from "./simulated-atlas.ts"

test.use({ isDemo: true })

const projectId = projects.documentation
const peer = {
  containerId: "507f1f77bcf86cd799439011",
  providerName: "AWS",
  accepterRegionName: "us-east-1",
  awsAccountId: "482913570264",
  vpcId: "vpc-0a1b2c3d4e5f60719",
  routeTableCidrBlock: "10.50.0.0/16",
}
const edited = { ...peer, routeTableCidrBlock: "10.51.0.0/16" }

/** Events are read beside polls, so simulated time passes until the page shows them. */
async function untilShown(page: Page, app: RunningApp, words: RegExp): Promise<void> {
  await expect(async () => {
    app.simulator.advance(60)
    await expect(page.getByRole("main")).toHaveText(words, { timeout: 3_000 })
  }).toPass({ timeout: 60_000 })
}

/** Has Terraform create and edit a connection, and opens its page. */
async function openForeign(page: Page, app: RunningApp): Promise<void> {
  await page.goto(`${app.url}/projects/${projectId}/settings`)
  await expect(page.getByRole("region", { name: "Managed by" })).toBeVisible()
  const change = { projectId, path: "peers", body: peer } as const
  const { id } = app.simulator.actAsTerraform({ ...change, method: "POST" }) as { id: string }
  app.simulator.advance(60)
  await page.goto(`${app.url}/projects/${projectId}/connections/${id}`)
  await untilShown(page, app, /Created .* by API key/)
  app.simulator.actAsTerraform({ projectId, method: "PATCH", path: `peers/${id}`, body: edited })
  await untilShown(page, app, /Changed by API key/)
}

test("a connection of an unlisted key shows its actor and time, and can be edited and deleted", async ({
  page,
  app,
}) => {
  await openForeign(page, app)
  const main = page.getByRole("main")
  await expect(main).toHaveText(new RegExp(`Created .* by API key ${terraformKey}`))
  await expect(main).toHaveText(new RegExp(`Changed by API key ${terraformKey}`))
  await expect(page.getByText(/^Managed by/)).toHaveCount(0)
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeVisible()
  await act(page, "Delete…")
  await expect(page.getByRole("dialog").getByRole("button", { name: "Delete connection" })).toBeVisible()
})

test("a connection of a listed key is edited by an administrator only once it is unlocked", async ({
  page,
  app,
}) => {
  await openForeign(page, app)
  const address = page.url()
  await page.goto(`${app.url}/projects/${projectId}/settings`)
  await page.getByLabel("Public key or client ID").fill(terraformKey)
  await page.getByLabel("Name", { exact: true }).fill("terraform-prod")
  await page.getByRole("button", { name: "List key" }).click()
  await expect(page.getByRole("button", { name: "Remove… terraform-prod" })).toBeVisible()
  await expectGoodInEveryView(page)

  await page.goto(address)
  await expect(page.getByText("Managed by terraform-prod")).toBeVisible()
  await expect(page.getByRole("main")).toHaveText(/Created .* by API key terraform-prod/)
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toHaveCount(0)
  await expectGoodInEveryView(page)
  await act(page, "Edit in code")
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("textbox", { name: "VPC CIDR" }).fill("10.77.0.0/16")
  await expect(dialog.getByText('route_table_cidr_block = "10.77.0.0/16"')).toBeVisible()
  await expect(dialog.getByRole("button", { name: /^Save/ })).toHaveCount(0)
  await page.keyboard.press("Escape")
  const refused = await page.request.delete(
    `${app.url}/api${new URL(address).pathname.replace("connections", "peerings")}`,
    {
      data: { name: peer.vpcId, reason: "Not here" },
      headers: { "x-peering-desk": "1", "sec-fetch-site": "same-origin" },
    },
  )
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([
    409,
    "managed_elsewhere",
  ])

  await page.getByRole("button", { name: "Unlock…" }).click()
  await page.getByRole("dialog").getByLabel("Reason", { exact: true }).fill("The pipeline is broken")
  await page.getByRole("dialog").getByRole("button", { name: "Unlock" }).click()
  await expect(page.getByText("Managed by terraform-prod, unlocked")).toBeVisible()
  await act(page, "Edit")
  await page.getByRole("dialog").getByRole("textbox", { name: "VPC CIDR" }).fill("10.78.0.0/16")
  await page.getByRole("dialog").getByLabel("Reason", { exact: true }).fill("Until the pipeline works")
  await page.getByRole("button", { name: "Save changes" }).click()
  await expect(page.getByText(/^Managed by/)).toHaveCount(0)
})
