import { screen, waitFor, within } from "@testing-library/react"
import { beforeEach, expect, test } from "vitest"
import { field, fill } from "#mock-bff/fields.ts"
import {
  answerContainers,
  answerCreates,
  answerPeers,
  createButton,
  creates,
  oneOfEach,
  openPage,
  peeringId,
  problem,
  rightAws,
  useCreatePageBff,
} from "#features/create-peering/testing-page.tsx"

useCreatePageBff()

beforeEach(() => answerContainers(oneOfEach))

const network = {
  azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
  azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
  resourceGroupName: "rg-checkout",
  vnetName: "vnet-checkout",
}
const scope = `/subscriptions/${network.azureSubscriptionId}/resourceGroups/rg-checkout/providers/Microsoft.Network/virtualNetworks/vnet-checkout`

async function openFilled() {
  const user = await openPage(`?${new URLSearchParams({ provider: "AZURE", ...network })}`)
  await waitFor(() => expect(field("VNet name")).toHaveValue(network.vnetName))
  fill({ Reason: rightAws.Reason })
  return user
}

const findProof = async () => {
  const step = await screen.findByRole("region", { name: /^Assign Atlas's role on/ })
  return within(step).findByText(/another connection works\./)
}
const tick = () => screen.getByRole("checkbox", { name: /^The role is assigned on/ })

test("the create form sends nothing to Azure before the person confirms Atlas's role on the VNet", async () => {
  answerCreates("created")
  const user = await openFilled()
  // It comes with the steps, which are loaded once the VNet is named.
  await waitFor(() => expect(tick()).toBeEnabled())
  expect(createButton()).toHaveAttribute("aria-disabled", "true")
  expect(createButton()).toHaveAccessibleDescription("Confirm the role assignment first.")
  await user.click(createButton())
  await waitFor(() => expect(tick()).toBeInvalid())
  expect(tick()).toHaveFocus()
  expect(tick()).toHaveAccessibleDescription(/Azure rejects the request without it/)
  expect(creates).toEqual([])

  await user.keyboard(" ")
  expect(tick()).toBeValid()
  expect(createButton()).toHaveAttribute("aria-disabled", "false")
  expect(createButton()).toHaveAccessibleDescription(/Nobody has to accept/)
  await user.click(createButton())
  await waitFor(() => expect(creates).toHaveLength(1))
  expect(creates[0]?.request).toEqual({ providerName: "AZURE", containerId: oneOfEach[2]?.id, ...network })
})

test("the confirmation counts for one VNet only and survives a reload", async () => {
  const user = await openFilled()
  await user.click(tick())
  await openPage()
  expect(tick()).toBeChecked()
  fill({ "VNet name": "vnet-other" })
  expect(tick()).not.toBeChecked()
  expect(tick()).toHaveAccessibleName("The role is assigned on vnet-other")
  await user.click(createButton())
  await waitFor(() => expect(tick()).toBeInvalid())
  fill({ "VNet name": network.vnetName })
  expect(tick()).toBeChecked()
  expect(tick()).toBeValid()
})

test("a VNet with a working peering needs no confirmation", async () => {
  answerPeers([{ providerName: "AZURE", id: peeringId, status: "AVAILABLE", ...network }])
  answerCreates("created")
  const user = await openFilled()
  expect(await findProof()).toBeVisible()
  expect(screen.queryByRole("checkbox")).toBeNull()
  await user.click(createButton())
  await waitFor(() => expect(creates).toHaveLength(1))

  await openPage(`?${new URLSearchParams({ provider: "AZURE", ...network, vnetName: "vnet-other" })}`)
  await waitFor(() => expect(field("VNet name")).toHaveValue("vnet-other"))
  expect(tick()).not.toBeChecked()
})

test("a refusal for a missing role leads to the steps", async () => {
  answerPeers([{ providerName: "AZURE", id: peeringId, status: "AVAILABLE", ...network }])
  const atlas = { status: 400, errorCode: "AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED", detail: "Denied." }
  answerCreates(problem("atlas_refused", 422, { atlas }))
  const user = await openFilled()
  await findProof()
  await user.click(createButton())
  await user.click(await screen.findByRole("button", { name: "Show the role steps" }))
  expect(await findProof()).toHaveFocus()
})

test("a VNet without its whole name can't be confirmed and gets no command", async () => {
  const user = await openFilled()
  await user.clear(field("VNet name"))
  expect(tick()).toBeDisabled()
  expect(screen.getByText("Fill in the four fields above to get the commands.")).toBeVisible()
  expect(screen.queryByText(/az role assignment create/)).toBeNull()
  await user.click(createButton())
  await waitFor(() => expect(field("VNet name")).toBeInvalid())
  expect(tick()).toBeValid()

  fill({ "VNet name": network.vnetName })
  expect(tick()).toBeEnabled()
  expect(await screen.findByText(/az role assignment create/)).toHaveTextContent(scope)
  expect(screen.getByRole("radio", { name: "Azure CLI" })).toBeChecked()
})

test("the steps contain the VNet's names and read the output of Azure", async () => {
  const user = await openFilled()
  expect(await screen.findByText(/az role assignment create/)).toHaveTextContent(scope)
  await user.click(screen.getByRole("radio", { name: "Terraform" }))
  expect(await screen.findByText(/resource "azurerm_role_assignment"/)).toHaveTextContent(scope)
  expect(screen.queryByText(/az role assignment create/)).toBeNull()
  await user.click(screen.getByText("Verify the assignment"))
  await user.click(screen.getByLabelText("Output of az role assignment list"))
  await user.paste("[]")
  expect(await screen.findByText("No role assignments found.")).toBeVisible()
})

test("a pasted role list confirms the role, stays in sight and goes with the request", async () => {
  answerCreates("created")
  const user = await openFilled()
  const output = await screen.findByLabelText("Output of az role assignment list")
  const assignment = {
    principalName: "e90a1407-55c3-432d-9cb1-3638900a9d22",
    principalType: "ServicePrincipal",
    roleDefinitionName: "Network Contributor",
    scope,
  }
  await user.click(output)
  await user.paste("[]")
  await screen.findByText("No role assignments found.")
  expect(tick()).not.toBeChecked()
  await user.clear(output)
  await user.paste(JSON.stringify([assignment]))
  await waitFor(() => expect(tick()).toBeChecked())
  expect(output).toHaveFocus()
  await user.click(createButton())
  await waitFor(() => expect(creates).toHaveLength(1))
  const { roles, network: vnet } = creates[0]?.facts ?? {}
  expect(vnet?.value).toBe(network.vnetName)
  expect(roles).toMatchObject({ source: "pasted", value: [{ role: "Network Contributor", scope }] })
})
