import { readAtlasPeer, type ProjectAddresses } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { inOneProject, makeSession } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  answerSession,
  bff,
  createButton,
  creates,
  fill,
  oneOfEach,
  openPage,
  preflights,
  projectId,
  rightAws,
} from "./testing-page.tsx"

const panel = () => within(screen.getByRole("region", { name: "Will this work?" }))

const azure = {
  azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
  azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
  resourceGroupName: "rg-payments",
  vnetName: "vnet-payments",
}
const containerId = oneOfEach.find(({ providerName }) => providerName === "AZURE")?.id ?? ""

describe("a second Azure container in peering-only mode", () => {
  beforeEach(() => {
    answerContainers(oneOfEach)
    const elsewhere = { ...azure, id: "1a2b3c4d5e6f1a2b3c4d5e02", containerId: "507f1f77bcf86cd799439099" }
    const peer = readAtlasPeer({ ...elsewhere, vnetName: "vnet-hub", status: "AVAILABLE" }, "AZURE")
    const here: ProjectAddresses = {
      project: { id: projectId, name: "payments" },
      containers: oneOfEach,
      peers: peer === null ? [] : [peer],
      privateIpMode: true,
      readAt: new Date().toISOString(),
      problem: null,
    }
    bff.use(http.get("/api/address-space", () => HttpResponse.json({ projects: [here] })))
  })

  const open = () =>
    openPage(`?${new URLSearchParams({ provider: "AZURE", container: containerId, ...azure }).toString()}`)

  test("leads an administrator to the switch", async () => {
    await open()
    expect(await panel().findByRole("link", { name: "Switch peering-only mode off" })).toHaveAttribute(
      "href",
      pagePaths.containers(projectId),
    )
  })

  test("tells anybody else whom to ask", async () => {
    answerSession(makeSession(inOneProject("requester")))
    await open()
    expect(
      await panel().findByText(/takes an administrator of the project; ask the platform team/),
    ).toBeVisible()
    expect(panel().queryByRole("link", { name: "Switch peering-only mode off" })).toBeNull()
  })
})

describe("what is known of the network's addresses", () => {
  beforeEach(() => answerContainers(oneOfEach))

  const describeVpcs = (further: string) =>
    JSON.stringify({
      VpcId: rightAws["VPC ID"],
      OwnerId: rightAws["AWS account ID"],
      CidrBlock: rightAws["VPC CIDR"],
      CidrBlockAssociationSet: [{ CidrBlock: further }],
    })

  test("comes with what is pasted, and is red at its own field where Atlas's side overlaps it", async () => {
    const user = await openPage()
    await user.click(screen.getByRole("button", { name: "Paste" }))
    await user.click(await screen.findByLabelText("Paste what you have"))
    await user.paste(describeVpcs("10.8.0.0/16"))
    expect(screen.getByLabelText("Other address blocks")).toHaveValue("10.8.0.0/16")
    expect(await panel().findByText(/10.8.0.0\/16 of vpc-.* overlaps 10.8.0.0\/21/)).toBeVisible()
    expect(screen.getByLabelText("Other address blocks")).toHaveAccessibleDescription(/joins no two networks/)
  })

  test("is judged by the server as it was here, outlives a reload, and goes with the create", async () => {
    answerCreates("created")
    const user = await openPage()
    await screen.findByRole("radio", { checked: true })
    await fill(user, { ...rightAws, "Other address blocks": "172.20.0.0/16, 172.21.0.0/16" })
    const networkBlocks = ["172.20.0.0/16", "172.21.0.0/16"]
    await waitFor(() => expect(preflights.at(-1)?.networkBlocks).toEqual(networkBlocks))
    await openPage()
    expect(await screen.findByLabelText("Other address blocks")).toHaveValue("172.20.0.0/16, 172.21.0.0/16")
    await screen.findByText(/In order/)
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.networkBlocks).toEqual(networkBlocks)
    expect(creates[0]?.request).not.toHaveProperty("networkBlocks")
  })
})
