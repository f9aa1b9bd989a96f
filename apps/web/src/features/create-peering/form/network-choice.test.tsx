import { cloudUrls, type NetworkFacts } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, expect, test } from "vitest"
import { field, fill } from "#mock-bff/fields.ts"
import {
  answerContainers,
  bff,
  oneOfEach,
  openPage,
  panel,
  preflights,
  projectId,
  useCreatePageBff,
} from "#features/create-peering/testing-page.tsx"

useCreatePageBff()

beforeEach(() => answerContainers(oneOfEach))

/** What a role listed of a VPC a few seconds ago. */
function makeVpc(id: string, name: string | null, addresses: string[]): NetworkFacts {
  const now = Date.now()
  const fact = <Value,>(value: Value) => ({
    value,
    source: "read" as const,
    at: new Date(now - 12_000).toISOString(),
    until: new Date(now + 900_000).toISOString(),
    by: "peering-desk-read",
  })
  return {
    providerName: "AWS",
    account: fact("482913570264"),
    network: fact(id),
    region: fact("eu-west-1"),
    addresses: fact(addresses),
    ...(name !== null && { name: fact(name) }),
  }
}

const orders = makeVpc("vpc-0a1b2c3d4e5f60718", "orders-prod", ["10.40.0.0/16", "100.64.0.0/20"])
const unnamed = makeVpc("vpc-0b1b2c3d4e5f60718", null, ["10.60.0.0/16"])

const answerNetworks = (networks: NetworkFacts[]) =>
  bff.use(http.get(cloudUrls.networks(projectId), () => HttpResponse.json({ networks })))

test("a VPC that a role read fills account, region, id and every CIDR, and Undo takes it back", async () => {
  answerNetworks([unnamed, orders, orders])
  const user = await openPage()
  fill({ "VPC CIDR": "10.9.0.0/16" })
  const choice = await screen.findByRole("combobox", { name: "VPC" })
  expect(
    within(choice)
      .getAllByRole("option")
      .map(({ textContent }) => textContent),
  ).toEqual([
    "Choose a VPC, or type its values",
    "orders-prod · vpc-0a1b2c3d4e5f60718 · eu-west-1 · 10.40.0.0/16, 100.64.0.0/20",
    "vpc-0b1b2c3d4e5f60718 · eu-west-1 · 10.60.0.0/16",
  ])
  await user.selectOptions(choice, "vpc-0a1b2c3d4e5f60718")
  expect(field("Account ID")).toHaveValue("482913570264")
  expect(field("Region")).toHaveValue("eu-west-1")
  expect(field("VPC ID")).toHaveValue("vpc-0a1b2c3d4e5f60718")
  expect(field("VPC CIDR")).toHaveValue("10.40.0.0/16")
  expect(screen.getByText(/^Read by role peering-desk-read/)).toHaveTextContent(/\d+ s ago$/)
  await waitFor(() => {
    const draft = preflights.at(-1)
    expect(draft?.networkBlocks).toEqual(["10.40.0.0/16", "100.64.0.0/20"])
    expect(draft?.facts?.account).toMatchObject({ value: "482913570264", source: "read" })
  })
  expect(panel().getByText("Filled from orders-prod")).toBeVisible()
  await user.click(panel().getByRole("button", { name: "Undo" }))
  expect(field("VPC ID")).toHaveValue("")
  expect(field("VPC CIDR")).toHaveValue("10.9.0.0/16")
  expect(choice).toHaveValue("")
})

test("another VPC takes the place of the one before, with its CIDR", async () => {
  answerNetworks([orders, unnamed])
  const user = await openPage()
  const choice = await screen.findByRole("combobox", { name: "VPC" })
  await user.selectOptions(choice, "vpc-0a1b2c3d4e5f60718")
  await user.selectOptions(choice, "vpc-0b1b2c3d4e5f60718")
  expect(field("VPC CIDR")).toHaveValue("10.60.0.0/16")
  expect(field("VPC ID")).toHaveValue("vpc-0b1b2c3d4e5f60718")
})

test("a project whose accounts nobody connected shows no choice of VPCs", async () => {
  await openPage()
  await waitFor(() => expect(field("VPC ID")).toBeVisible())
  expect(screen.queryByRole("combobox", { name: "VPC" })).toBeNull()
})
