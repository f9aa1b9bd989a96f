import type { Page } from "@playwright/test"
import { createButton, fillForm, openForm, vouchForPermission } from "./new-connection.ts"
import { expect, expectAccessible, projects, test } from "./story.ts"

const verdict = (page: Page) => page.getByRole("region", { name: "Will this work?" })
const refused = "Atlas would refuse this"

async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Paste" }).click()
  await page.getByLabel("Paste what you have").fill(text)
}

/** Goes to the form of a project at a cloud's tab, also where there is no container to be chosen. */
async function openTab(page: Page, url: string, projectId: string, tab: string): Promise<void> {
  await page.goto(`${url}/projects/${projectId}/connections/new`)
  await page.getByRole("tab", { name: tab }).click()
}

async function takeFirstProposal(page: Page): Promise<void> {
  const help = verdict(page)
    .getByRole("list")
    .filter({ has: page.getByRole("button") })
    .first()
  await help.getByRole("button").first().click()
  await expect(verdict(page).getByText(refused)).toBeHidden()
}

const giveReason = (page: Page) =>
  page.getByLabel("Reason", { exact: true }).fill("PAY-212 checkout reads the ledger")

test("AWS: what describe-vpcs prints fills the form, an overlap is red, and the first proposal makes it work", async ({
  page,
  desk,
}) => {
  await openForm(page, desk.url, projects.documentation, "GCP")
  await paste(
    page,
    JSON.stringify({
      Vpcs: [
        {
          VpcId: "vpc-0c5e7d2b9f1a46083",
          OwnerId: "482913570264",
          CidrBlock: "10.8.0.0/22",
          IsDefault: false,
        },
      ],
    }),
  )
  await expect(page.getByRole("tab", { name: "AWS" })).toHaveAttribute("aria-selected", "true")
  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue("vpc-0c5e7d2b9f1a46083")
  await page.getByLabel("VPC region", { exact: true }).fill("us-west-1")
  await expect(verdict(page).getByText("OVERLAPPING_ATLAS_CIDR_BLOCK")).toBeVisible()
  await expectAccessible(page)

  await takeFirstProposal(page)
  await giveReason(page)
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-0c5e7d2b9f1a46083")
})

test("Google Cloud: a new container of the wrong size is red, and comes with the connection once it is right", async ({
  page,
  desk,
}) => {
  await openTab(page, desk.url, projects.emptySandbox, "GCP")
  await paste(
    page,
    "https://www.googleapis.com/compute/v1/projects/acme-checkout-417203/global/networks/checkout",
  )
  await expect(page.getByLabel("VPC network name")).toHaveValue("checkout")
  await page.getByRole("radio", { name: /A new container/ }).check()
  await page.getByLabel("Atlas CIDR", { exact: true }).fill("10.200.0.0/24")
  await expect(
    verdict(page)
      .getByText(/^ATLAS_INVALID_CIDR_BLOCK/)
      .first(),
  ).toBeVisible()

  // A /24 is a small container, for one region.
  await page.getByText(/^Regions:/).click()
  await page.getByRole("checkbox", { name: /CENTRAL_US/ }).check()
  await expect(verdict(page).getByText(refused)).toBeHidden()
  await page.getByRole("checkbox", { name: /EUROPE_WEST_2/ }).check()
  await expect(verdict(page).getByText("ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER")).toBeVisible()
  await takeFirstProposal(page)
  await giveReason(page)
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("checkout")
})

test("Azure: a second container in a region is refused and said so, the one that is there is used instead", async ({
  page,
  desk,
}) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await paste(
    page,
    "/subscriptions/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/resourceGroups/rg-checkout/providers/Microsoft.Network/virtualNetworks/vnet-checkout",
  )
  await expect(page.getByLabel("VNet name")).toHaveValue("vnet-checkout")
  await page.getByLabel("Directory ID", { exact: true }).fill("7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21")
  await page.getByRole("radio", { name: /A new container/ }).check()
  await page.getByLabel("Atlas CIDR", { exact: true }).fill("10.99.0.0/21")
  await page.getByLabel("Atlas region", { exact: true }).fill("US_EAST_2")
  await expect(verdict(page).getByText("CONTAINER_ALREADY_EXISTS")).toBeVisible()
  await expect(
    page.getByText(/a second one with 10.99.0.0\/21 is refused, and Atlas keeps/).first(),
  ).toBeVisible()
  await page.getByRole("button", { name: "Reuse it" }).click()
  await expect(verdict(page).getByText(refused)).toBeHidden()
  await giveReason(page)

  await expect(createButton(page)).toBeDisabled()
  await expect(createButton(page)).toHaveAccessibleDescription(/^Waits for your tick/)
  await page.getByText("How to give it, and see that it is there").click()
  await page.getByLabel("What az role assignment list printed").fill(
    JSON.stringify([
      {
        principalName: "e90a1407-55c3-432d-9cb1-3638900a9d22",
        roleDefinitionName: "Network Contributor",
        scope: "/subscriptions/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/resourceGroups/rg-checkout",
      },
    ]),
  )
  await expect(page.getByText("Atlas may peer with this VNet.", { exact: true })).toBeVisible()
  await page.getByText("As code").click()
  await expect(page.getByText(/resource "mongodbatlas_network_peering"/)).toContainText("vnet-checkout")
  await expectAccessible(page)

  await vouchForPermission(page)
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vnet-checkout")
})

test("Azure: a new container that overlaps another is red, and comes with the connection once a proposal mended it", async ({
  page,
  desk,
}) => {
  await openTab(page, desk.url, projects.payments, "Azure")
  await fillForm(page, "AZURE")
  await page.getByRole("radio", { name: /A new container/ }).check()
  await page.getByLabel("Atlas CIDR", { exact: true }).fill("172.20.0.0/22")
  await page.getByLabel("Atlas region", { exact: true }).fill("EUROPE_NORTH")
  await expect(verdict(page).getByText("OVERLAPPING_ATLAS_CIDR_BLOCK").first()).toBeVisible()
  await takeFirstProposal(page)
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vnet-checkout")
})

test("a block that another project has is worth a look, and no obstacle", async ({ page, desk }) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await page.getByLabel("VPC CIDR", { exact: true }).fill("10.80.0.0/21")
  await expect(
    verdict(page)
      .getByText(/payments/)
      .first(),
  ).toBeVisible()
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-0a1b2c3d4e5f60718")
})

test("in peering-only mode Azure is said to be peered from one region, and how to leave the mode", async ({
  page,
  desk,
}) => {
  await openTab(page, desk.url, projects.peeringOnly, "Azure")
  await fillForm(page, "AZURE")
  await page.getByRole("radio", { name: /EUROPE_NORTH/ }).check()
  await expect(
    verdict(page).getByText("AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE"),
  ).toBeVisible()
  await page.getByRole("radio", { name: /US_EAST_2/ }).check()
  await expect(verdict(page).getByText(refused)).toBeHidden()
  await expect(
    verdict(page)
      .getByText(/peering-only mode/i)
      .first(),
  ).toBeVisible()
  // It is worth a look, and no obstacle.
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vnet-checkout")
})

test("a key without the right to create is said before anything is sent", async ({ page, desk }) => {
  const roles = [{ groupId: projects.documentation, roleName: "GROUP_READ_ONLY" }]
  await desk.simulator.addFault({
    // The root of the API tells what the key may do.
    match: { method: "GET", path: String.raw`/api\/atlas\/v1\.0\/?(\?|$)/` },
    fault: { status: 200, body: { apiKey: { roles, accessList: [] }, appName: "MongoDB Atlas" } },
  })
  await page.goto(`${desk.url}/keys`)
  await page.getByRole("button", { name: /test/i }).first().click()
  await expect(page.getByText("All keys were tested")).toBeVisible()
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  await expect(verdict(page).getByText("USER_UNAUTHORIZED")).toBeVisible()
})

test("a project with as many unfinished connections as Atlas allows is said to be full", async ({
  page,
  desk,
}) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  const statuses = await page.evaluate(async (projectId) => {
    const create = (number: number) =>
      fetch(`/api/projects/${projectId}/peerings`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-peering-desk": "1",
          "idempotency-key": `one-of-many-forms-${number}`,
        },
        body: JSON.stringify({
          request: {
            providerName: "AWS",
            containerId: "507f1f77bcf86cd799439011",
            awsAccountId: "482913570264",
            accepterRegionName: "us-west-1",
            vpcId: `vpc-${String(number).padStart(8, "0")}`,
            routeTableCidrBlock: `10.${100 + number}.0.0/16`,
          },
          reason: "PAY-212 one of many",
        }),
      })
    const answers: number[] = []
    for (let number = 0; number < 25; number += 1) answers.push((await create(number)).status)
    return answers
  }, projects.documentation)
  expect(new Set(statuses)).toEqual(new Set([201]))
  await page.reload()
  await fillForm(page, "AWS")
  await expect(verdict(page).getByText("PEER_MAXIMUM_REACHED").first()).toBeVisible()
})
