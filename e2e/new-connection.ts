import { expect } from "@playwright/test"
import type { Page } from "@playwright/test"

/** The input for each cloud, label by label. The values fit the documentation's example project. */
export const examples = {
  AWS: {
    tab: "AWS",
    fields: {
      "Account ID": "482913570264",
      Region: "us-west-1",
      "VPC ID": "vpc-0a1b2c3d4e5f60718",
      "VPC CIDR": "10.90.0.0/16",
    },
  },
  GCP: {
    tab: "Google Cloud",
    fields: { "Project ID": "acme-checkout-417203", "VPC network": "checkout" },
  },
  AZURE: {
    tab: "Azure",
    fields: {
      "Directory ID": "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
      "Subscription ID": "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
      "Resource group": "rg-checkout",
      "VNet name": "vnet-checkout",
    },
  },
} as const

export type Cloud = keyof typeof examples

/** Opens the form of a project at a cloud's tab. */
export async function openForm(page: Page, url: string, projectId: string, cloud: Cloud): Promise<void> {
  await page.goto(`${url}/projects/${projectId}/connections/new`)
  await openTab(page, examples[cloud].tab)
  // The only container of the cloud is selected once it has loaded.
  await expect(page.getByRole("radio").first()).toBeChecked()
  // This part loads for itself. What is below it moves when it comes.
  if (cloud === "AZURE") await expect(roleBox(page)).toBeVisible()
}

/** The confirmation that Atlas has its role on the VNet, of the Azure form. */
const roleBox = (page: Page) => page.getByRole("checkbox", { name: /^The role is assigned on/ })

/** Opens a cloud's tab. Its form comes a moment after the press, and until then the form before it is still shown. */
export async function openTab(page: Page, title: string): Promise<void> {
  await page.getByRole("tab", { name: title }).click()
  await expect(page.getByRole("tabpanel", { name: title })).toBeVisible()
}

/** Fills in the example of a cloud. */
export async function fillForm(page: Page, cloud: Cloud): Promise<void> {
  for (const [label, value] of Object.entries(examples[cloud].fields)) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
  if (cloud === "AZURE") await vouchForPermission(page)
  await page.getByLabel("Reason", { exact: true }).fill("PAY-212 checkout reads the ledger")
}

/** Confirms that Atlas has its role on the VNet. Without it no connection on Azure is created. */
export async function vouchForPermission(page: Page): Promise<void> {
  // The steps above it have loaded, so that it stays where it is.
  await expect(page.getByText("Assign the role", { exact: true })).toBeVisible()
  await roleBox(page).check()
}

/** The button that sends the form. */
export function createButton(page: Page) {
  return page.getByRole("button", { name: /^Create (container and )?connection$/ })
}

/** Chooses a container, also one that is folded below the suggested one. */
export async function chooseContainer(page: Page, name: RegExp): Promise<void> {
  const container = page.getByRole("radio", { name })
  const others = page.getByRole("button", { name: /other containers?/ })
  await expect(container.or(others).first()).toBeVisible()
  if (await container.isHidden()) await others.click()
  await container.check()
}
