import type { Page } from "@playwright/test"
import { printAzureLookUp, printGcpLookUp, printLookUp } from "./look-up.ts"
import { createButton, fillForm, openForm, type Cloud } from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"

const vnet = {
  directory: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
  subscription: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
  group: "rg-checkout",
  name: "vnet-checkout",
}
/** Look-ups of the networks that the form is filled with. */
const ofForm: Record<Cloud, string> = {
  AWS: printLookUp({
    vpcId: "vpc-0a1b2c3d4e5f60718",
    account: "482913570264",
    region: "us-west-1",
    cidr: "10.90.0.0/16",
    atlasCidr: "",
    connectionId: "",
    leadsToAtlas: false,
  }),
  GCP: printGcpLookUp({ projectId: "acme-checkout-417203", name: "checkout" }),
  AZURE: printAzureLookUp(vnet),
}

for (const cloud of ["AWS", "GCP", "AZURE"] as const)
  test(`a form on ${cloud} is ready to create once a look-up of its network is pasted`, async ({
    page,
    app,
  }) => {
    await openForm(page, app.url, projects.documentation, cloud)
    await fillForm(page, cloud)
    const panel = page.getByRole("region", { name: "Plan and checks" })
    await expect(panel.getByText(/^\d+ not checked$/)).toBeVisible()
    await expect(panel.getByText("Ready to create")).toBeHidden()
    await page.getByRole("button", { name: "Paste to fill…" }).click()
    await page.getByLabel("Paste text").fill(ofForm[cloud])
    await expect(panel.getByText("Ready to create")).toBeVisible()
    await createButton(page).click()
    await expect(page).toHaveURL(/\/connections\/[0-9a-f]{24}$/)
  })

/** Opens the first working connection of a cloud and pastes a look-up of its network. */
async function openWorking(page: Page, url: string, id: string | undefined, projectId: string) {
  const path = `/projects/${projectId}/peerings/${id}`
  const { peer } = (await (await page.request.get(`${url}/api${path}`)).json()) as {
    peer: Record<string, string>
  }
  await page.goto(`${url}${path.replace("peerings", "connections")}`)
  await page.getByText("Your side: Not checked").click()
  return peer
}

async function paste(page: Page, text: string): Promise<void> {
  const result = page.getByLabel("Result")
  if (await result.isHidden()) await page.getByText("Run a script and paste the result").click()
  await result.fill(text)
  await page.getByRole("button", { name: "Send result" }).click()
}

test("a route of the owner that takes Atlas's CIDR away is named on Azure", async ({ page, app }) => {
  const peers = await app.simulator.peers(projects.payments)
  const works = peers.find(({ providerName, status }) => providerName === "AZURE" && status === "AVAILABLE")
  const peer = await openWorking(page, app.url, works?.id, projects.payments)
  const own = {
    directory: peer["azureDirectoryId"] ?? "",
    subscription: peer["azureSubscriptionId"] ?? "",
    group: peer["resourceGroupName"] ?? "",
    name: peer["vnetName"] ?? "",
  }
  await paste(page, printAzureLookUp(own))
  const side = page.getByRole("region", { name: "Your side" })
  await expect(side.getByRole("listitem").filter({ hasText: /^Route/ })).toContainText("Proven")
  await paste(page, printAzureLookUp({ ...own, route: "172.20.0.0/21" }))
  const why = page.getByRole("region", { name: "Why does it not work?" })
  await expect(why).toContainText("rt-spoke")
})

test("a firewall that denies the way out is named on Google Cloud and opens its step", async ({
  page,
  app,
}) => {
  const peers = await app.simulator.peers(projects.payments)
  const works = peers.find(({ providerName, status }) => providerName === "GCP" && status === "AVAILABLE")
  const peer = await openWorking(page, app.url, works?.id, projects.payments)
  const { containers } = (await (
    await page.request.get(`${app.url}/api/projects/${projects.payments}/containers`)
  ).json()) as { containers: Record<string, string>[] }
  const container = containers.find(({ id }) => id === peer["containerId"])
  const atlas = { projectId: container?.["gcpProjectId"] ?? "", name: container?.["networkName"] ?? "" }
  const own = { projectId: peer["gcpProjectId"] ?? "", name: peer["networkName"] ?? "", atlas }
  await paste(page, printGcpLookUp(own))
  const side = page.getByRole("region", { name: "Your side" })
  await expect(side.getByRole("listitem").filter({ hasText: /^Firewall/ })).toContainText("Proven")
  await paste(page, printGcpLookUp({ ...own, deniesEgress: true }))
  const why = page.getByRole("region", { name: "Why does it not work?" })
  await expect(why).toContainText(`A rule of ${own.name} denies 27015–27017`)
  await why.getByRole("button", { name: /^Open step: / }).click()
  await expect(page.locator(":focus")).toHaveAttribute("aria-expanded", "true")
})
