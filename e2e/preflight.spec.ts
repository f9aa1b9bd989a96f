import type { Page } from "@playwright/test"
import { expectAccessible } from "./accessible.ts"
import {
  chooseContainer,
  createButton,
  fillForm,
  openForm,
  openTab,
  vouchForPermission,
} from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"

const verdict = (page: Page) => page.getByRole("region", { name: "Plan and checks" })
const refused = "Can't create yet"

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel("Paste to fill").fill(text)
}

/** Opens the form of a project at a cloud's tab, also where the project has no container. */
async function openEmptyForm(page: Page, url: string, projectId: string, tab: string): Promise<void> {
  await page.goto(`${url}/projects/${projectId}/connections/new`)
  await openTab(page, tab)
}

async function takeFirstFix(page: Page): Promise<void> {
  const help = verdict(page)
    .getByRole("list")
    .filter({ has: page.getByRole("button") })
    .first()
  await help.getByRole("button").first().click()
  await expect(verdict(page).getByText(refused)).toBeHidden()
}

const giveReason = (page: Page) =>
  page.getByLabel("Reason", { exact: true }).fill("PAY-212 checkout reads the ledger")

test("AWS: describe-vpcs output fills the form, an overlap is red and the first suggested fix resolves it", async ({
  page,
  app,
}) => {
  await openForm(page, app.url, projects.documentation, "GCP")
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
  await page.getByLabel("Region", { exact: true }).fill("us-west-1")
  // A new container is suggested, as the existing one overlaps.
  await page.getByRole("radio", { name: /10\.8\.0\.0\/21/ }).check()
  await expect(verdict(page).getByText("OVERLAPPING_ATLAS_CIDR_BLOCK")).toBeVisible()
  await expectAccessible(page)

  await takeFirstFix(page)
  await giveReason(page)
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-0c5e7d2b9f1a46083")
})

test("Google Cloud: a new container of the wrong size is red, and is created with the connection once it is right", async ({
  page,
  app,
}) => {
  await openEmptyForm(page, app.url, projects.emptySandbox, "Google Cloud")
  await paste(
    page,
    "https://www.googleapis.com/compute/v1/projects/acme-checkout-417203/global/networks/checkout",
  )
  await expect(page.getByRole("textbox", { name: "VPC network" })).toHaveValue("checkout")
  await expect(page.getByRole("radio", { name: /New container/ })).toBeChecked()
  await page.getByRole("button", { name: "Change Atlas CIDR" }).click()
  await page.getByRole("textbox", { name: "Atlas CIDR" }).fill("10.200.0.0/24")
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
  await takeFirstFix(page)
  await giveReason(page)
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("checkout")
})

test("Azure: a second container in a region is refused, and the existing one is used instead", async ({
  page,
  app,
}) => {
  await openForm(page, app.url, projects.documentation, "AWS")
  await paste(
    page,
    "/subscriptions/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/resourceGroups/rg-checkout/providers/Microsoft.Network/virtualNetworks/vnet-checkout",
  )
  await expect(page.getByRole("textbox", { name: "VNet name" })).toHaveValue("vnet-checkout")
  await page.getByLabel("Directory ID", { exact: true }).fill("7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21")
  await chooseContainer(page, /New container/)
  await page.getByRole("button", { name: "Change Atlas CIDR" }).click()
  await page.getByRole("textbox", { name: "Atlas CIDR" }).fill("10.99.0.0/21")
  await page.getByRole("combobox", { name: "Atlas region" }).fill("US_EAST_2")
  await expect(verdict(page).getByText("CONTAINER_ALREADY_EXISTS")).toBeVisible()
  await expect(page.getByText(/so 10.99.0.0\/21 can't be used/).first()).toBeVisible()
  await page.getByRole("button", { name: "Use this container" }).click()
  await expect(verdict(page).getByText(refused)).toBeHidden()
  await giveReason(page)

  await expect(createButton(page)).toBeDisabled()
  await expect(createButton(page)).toHaveAccessibleDescription("Confirm the role assignment first.")
  await page.getByText("Verify the assignment", { exact: true }).click()
  await page.getByLabel("Output of az role assignment list").fill(
    JSON.stringify([
      {
        principalName: "e90a1407-55c3-432d-9cb1-3638900a9d22",
        roleDefinitionName: "Network Contributor",
        scope: "/subscriptions/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/resourceGroups/rg-checkout",
      },
    ]),
  )
  await expect(page.getByText("Atlas can peer with this VNet.", { exact: true })).toBeVisible()
  await page.getByRole("button", { name: "View as code" }).click()
  await expect(page.getByText(/resource "mongodbatlas_network_peering"/)).toContainText("vnet-checkout")
  await expectAccessible(page)

  await vouchForPermission(page)
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vnet-checkout")
})

test("peering-only mode limits Azure to one region, and the verdict says how to leave the mode", async ({
  page,
  app,
}) => {
  await openEmptyForm(page, app.url, projects.peeringOnly, "Azure")
  await fillForm(page, "AZURE")
  await chooseContainer(page, /EUROPE_NORTH/)
  await expect(
    verdict(page).getByText("AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE"),
  ).toBeVisible()
  await chooseContainer(page, /US_EAST_2/)
  await expect(verdict(page).getByText(refused)).toBeHidden()
  await expect(
    verdict(page)
      .getByText(/peering-only mode/i)
      .first(),
  ).toBeVisible()
  // A warning does not stop the create.
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vnet-checkout")
})
