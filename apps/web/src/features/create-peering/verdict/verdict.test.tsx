import {
  apiUrls,
  readAtlasPeer,
  type Container,
  type ProjectAddresses,
  type Verdict,
} from "@peering-desk/shared-schemas"
import { fireEvent, screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { makeSession } from "#mock-bff/samples.ts"
import { field, fill } from "#mock-bff/fields.ts"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  answerPeers,
  answerSession,
  bff,
  createButton,
  creates,
  oneOfEach,
  openFilledPage,
  openPage,
  panel,
  pasteLookUp,
  peeringId,
  planHash,
  preflights,
  problem,
  projectId,
  rightAws,
  rightAwsRequest,
  toLookUpOutput,
  useCreatePageBff,
} from "#features/create-peering/testing-page.tsx"

useCreatePageBff()

beforeEach(() => answerContainers(oneOfEach))
afterEach(() => vi.useRealTimers())

/** Builds the server's verdict after another peering was created. */
function toNewerVerdict(): Verdict {
  return {
    status: "amber",
    checks: [
      {
        id: "quota",
        status: "amber",
        says: "No. 49 of 50",
        errorCode: null,
        field: null,
        basedOn: "payments",
      },
    ],
    plan: { steps: [] },
    suggestedFixes: [],
  }
}

describe("the verdict on the create page", () => {
  test("is silent on an empty form, judges a value once it is left, and says each thing once [B6]", async () => {
    const user = await openPage()
    expect(await panel().findByText("5 fields to fill in")).toBeVisible()
    fireEvent.input(field("VPC CIDR"), { target: { value: "10.8.4" } })
    expect(panel().getByText("5 fields to fill in")).toBeVisible()
    expect(field("VPC CIDR")).not.toHaveAccessibleDescription(/See the check/)
    fill({ "VPC CIDR": "10.8.4.0/24" })
    expect(await panel().findByText("Can't create yet: 1 problem")).toBeVisible()
    expect(panel().getByText("OVERLAPPING_ATLAS_CIDR_BLOCK")).toBeVisible()
    expect(screen.getAllByText(/10.8.4.0\/24 overlaps/)).toHaveLength(1)
    expect(field("VPC CIDR")).toHaveAccessibleDescription(/Overlaps the container. See the check/)
    expect(createButton()).toHaveAccessibleDescription("Fix 1 problem first.")
    await user.click(createButton())
    await waitFor(() => expect(field("Account ID")).toHaveFocus())
    fill({ "VPC CIDR": "10.20.0.0/16" })
    await waitFor(() => expect(panel().queryByText(/^Can't create yet/)).toBeNull())
  })

  test("counts a wrong field once, and leaves what is wrong to the field", async () => {
    await openFilledPage()
    fill({ "VPC ID": "vpc-12" })
    expect(await panel().findByText("Fix 1 field")).toBeVisible()
    expect(field("VPC ID")).toHaveAccessibleDescription(/8 or 17 hexadecimal digits/)
    expect(createButton()).toHaveAccessibleDescription("Fix 1 field.")
    expect(panel().queryByText(/^Can't create yet|INVALID_ATTRIBUTE/)).toBeNull()
  })

  test("counts warnings, and says that it is ready only without one", async () => {
    const user = await openFilledPage()
    expect(await panel().findByText(/^\d not checked$/)).toBeVisible()
    expect(panel().queryByText("Ready to create")).toBeNull()
    await pasteLookUp(user)
    expect(await panel().findByText("Ready to create")).toBeVisible()
    expect(panel().getByText(/^\d+ checks passed/)).toBeVisible()
    fill({ "VPC CIDR": "172.16.0.0/12" })
    expect(await panel().findByText(/^\d warnings?$/)).toBeVisible()
    expect(panel().queryByText("Ready to create")).toBeNull()
  })

  test("says that it is ready once the server has confirmed it, not before", async () => {
    const user = await openFilledPage()
    expect(await panel().findByText("No problems found")).toBeVisible()
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    // This handler only waits; the next one answers.
    bff.use(
      http.post(apiUrls.preflight(projectId), async () => {
        await held
      }),
    )
    await pasteLookUp(user)
    expect(await panel().findByText("Checking…")).toBeVisible()
    expect(panel().getByText(/^\d+ checks passed/)).toBeVisible()
    expect(panel().queryByText("Ready to create")).toBeNull()
    answer()
    expect(await panel().findByText("Ready to create")).toBeVisible()
  })

  test("says that the server could not check it", async () => {
    bff.use(http.post(apiUrls.preflight(projectId), () => HttpResponse.error()))
    const user = await openFilledPage()
    await pasteLookUp(user)
    expect(await panel().findByText("Not checked by the server")).toBeVisible()
    expect(panel().getByText(/^\d+ checks passed/)).toBeVisible()
    expect(panel().queryByText("Ready to create")).toBeNull()
  })

  test("leads a submit with a problem to the checks, and sends nothing", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    fill({ "VPC CIDR": "10.8.4.0/24" })
    await panel().findByText("Can't create yet: 1 problem")
    await user.click(createButton())
    await waitFor(() => expect(screen.getByRole("region", { name: "Plan and checks" })).toHaveFocus())
    expect(creates).toEqual([])
  })

  test("says what was not checked, and checks it by what the look-up script printed", async () => {
    const user = await openFilledPage()
    await user.click(await panel().findByText("4 not checked"))
    expect(panel().getByText(/^Account and region of vpc-0a1b2c3d4e5f60718 not checked/)).toBeVisible()
    expect(createButton()).not.toHaveAttribute("aria-disabled", "true")
    await user.click(await panel().findByRole("button", { name: "Copy script" }))
    expect(await navigator.clipboard.readText()).toContain("--vpc-ids=vpc-0a1b2c3d4e5f60718")
    await pasteLookUp(user, "nothing to read")
    expect(await panel().findByText("No network ID, command or JSON found.")).toBeVisible()
    await pasteLookUp(user, toLookUpOutput().slice(0, 300))
    expect(await panel().findByText(/^The output ends before its last line/)).toBeVisible()
    await pasteLookUp(user, toLookUpOutput({}, "vpc-0f1e2d3c"))
    expect(
      await panel().findByText("The look-up is of vpc-0f1e2d3c. The form has vpc-0a1b2c3d4e5f60718."),
    ).toBeVisible()
    await pasteLookUp(user)
    expect(await panel().findByText("Ready to create")).toBeVisible()
    await waitFor(() => expect(preflights.at(-1)?.facts?.account?.value).toBe("123456789012"))
    await user.click(panel().getByRole("button", { name: "Undo" }))
    expect(await panel().findByText("4 not checked")).toBeVisible()
  })

  test("says where to paste a look-up when the browser keeps the clipboard from the page", async () => {
    const user = await openFilledPage()
    const blocked = new DOMException("Read permission denied.", "NotAllowedError")
    const reading = vi.spyOn(navigator.clipboard, "readText").mockRejectedValueOnce(blocked)
    await user.click(await panel().findByRole("button", { name: "Paste result" }))
    expect(await panel().findByText(/^The browser blocks the clipboard/)).toHaveTextContent("“Paste to fill”")
    reading.mockRestore()
  })

  test("names the account that a look-up found, and takes it in one click", async () => {
    const user = await openFilledPage()
    const vpc = { VpcId: rightAwsRequest.vpcId, OwnerId: "719304826155", CidrBlock: "10.20.0.0/16" }
    await pasteLookUp(user, toLookUpOutput({ vpcs: { Vpcs: [vpc] } }))
    expect(
      await panel().findByText(/^vpc-0a1b2c3d4e5f60718 belongs to account 719304826155 .*, not 123456789012/),
    ).toBeVisible()
    await user.click(await panel().findByRole("button", { name: /^Apply: Use 719304826155/ }))
    await waitFor(() => expect(field("Account ID")).toHaveValue("719304826155"))
  })

  test("is confirmed by the server once typing pauses, and its plan goes out", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    expect(await panel().findByText("No problems found")).toBeVisible()
    expect(preflights).toHaveLength(1)
    await user.click(createButton())
    await waitFor(() => expect(creates[0]).toMatchObject({ planHash, request: rightAwsRequest }))
    expect(preflights).toHaveLength(1)
  })

  test("comes from the server when it refuses a create; the form keeps its content", async () => {
    const verdict = {
      status: "red" as const,
      checks: [
        {
          id: "quota" as const,
          status: "red" as const,
          says: "All 50 connections are used",
          errorCode: "PEER_MAXIMUM_REACHED",
          field: null,
          basedOn: "50 connections of payments",
        },
      ],
      plan: null,
      suggestedFixes: [],
    }
    answerCreates(problem("preflight_refused", 422, { preflight: { verdict, planHash: null } }))
    const user = await openFilledPage()
    await user.click(createButton())
    expect(await panel().findByText(/^All 50 connections are used/)).toBeVisible()
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("Not created")
    expect(alert).not.toHaveTextContent("req-7")
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
  })

  test("is dropped when a container is created meanwhile", async () => {
    const made: Container = {
      providerName: "AWS",
      id: "507f1f77bcf86cd799439077",
      atlasCidrBlock: "10.60.0.0/22",
      provisioned: false,
      regionName: "EU_WEST_1",
    }
    answerCreates(problem("atlas_refused", 422, { made }))
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /New container/ }))
    fill({ "Atlas region": "EU_WEST_1" })
    await user.click(screen.getByRole("button", { name: "Change Atlas CIDR" }))
    fill({ "Atlas CIDR": "10.60.0.0/21" })
    expect(await panel().findByText("No problems found")).toBeVisible()
    answerContainers([...oneOfEach, made])
    await user.click(createButton())
    expect(await panel().findByText("CONTAINER_ALREADY_EXISTS")).toBeVisible()
    expect(panel().getByText("1 problem", { selector: "span" })).toBeVisible()
  })

  test("goes out as shown, whatever has changed since", async () => {
    const user = await openFilledPage()
    expect(await panel().findByText("No problems found")).toBeVisible()
    const newer = { verdict: toNewerVerdict(), planHash: "1e".repeat(32) }
    bff.use(http.post(apiUrls.preflight(projectId), () => HttpResponse.json(newer)))
    answerCreates(problem("plan_changed", 409, { preflight: newer }), "created")
    // An old verdict is not read again before it goes out.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 })
    await user.click(createButton())
    expect(await panel().findByText(/^No. 49 of 50/)).toBeVisible()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(2))
    expect(creates.map((create) => create.planHash)).toEqual([planHash, newer.planHash])
  })

  test("is shown before it goes out: an unseen one sends nothing", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    const newer = { verdict: toNewerVerdict(), planHash: "1e".repeat(32) }
    bff.use(http.post(apiUrls.preflight(projectId), () => HttpResponse.json(newer)))
    // Before typing has paused long enough.
    fireEvent.input(field("VPC CIDR"), { target: { value: "10.20.0.0/17" } })
    fireEvent.click(createButton())
    expect(await screen.findByRole("alert")).toHaveTextContent("has changed since the plan was shown")
    expect(await panel().findByText(/^No. 49 of 50/)).toBeVisible()
    expect(creates).toEqual([])
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.planHash).toBe(newer.planHash)
  })

  test("links to a peering that is in the way", async () => {
    answerPeers([{ ...rightAwsRequest, providerName: "AWS", id: peeringId, statusName: "FAILED" }])
    await openFilledPage()
    expect(await panel().findByText(/^Can't create yet/)).toBeVisible()
    const hrefs = panel()
      .getAllByRole("link")
      .map((link) => link.getAttribute("href"))
    expect(new Set(hrefs)).toEqual(new Set([pagePaths.connection(projectId, peeringId)]))
  })

  test("includes the network's further CIDRs, which survive a reload and go with the create", async () => {
    answerCreates("created")
    await openFilledPage()
    fill({ "All VPC CIDRs": "172.20.0.0/16, 172.21.0.0/16" })
    const networkBlocks = ["172.20.0.0/16", "172.21.0.0/16"]
    await waitFor(() => expect(preflights.at(-1)?.networkBlocks).toEqual(networkBlocks))
    const user = await openPage()
    expect(await screen.findByLabelText("All VPC CIDRs")).toHaveValue("172.20.0.0/16, 172.21.0.0/16")
    await panel().findByText(/, \d not checked$/)
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.networkBlocks).toEqual(networkBlocks)
    expect(creates[0]?.request).not.toHaveProperty("networkBlocks")
  })
})

const azure = {
  azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
  azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
  resourceGroupName: "rg-payments",
  vnetName: "vnet-payments",
}
const containerId = oneOfEach.find(({ providerName }) => providerName === "AZURE")?.id ?? ""

describe("the suggested fix for a second Azure container in peering-only mode", () => {
  beforeEach(() => {
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

  test("links an administrator to the switch", async () => {
    await open()
    expect(await panel().findByRole("link", { name: "Open: Turn off peering-only mode" })).toHaveAttribute(
      "href",
      pagePaths.settings(projectId),
    )
  })

  test("says to others whom to ask", async () => {
    answerSession(makeSession({ everywhere: null, projects: { [projectId]: "requester" } }))
    await open()
    expect(await panel().findByText("Ask the platform team")).toBeVisible()
    expect(panel().queryByRole("link", { name: /Turn off peering-only mode/ })).toBeNull()
  })
})

const fold = () => within(screen.getByRole("region", { name: "Connection as code" }))

/** Reads the shown code in one language. */
async function readCode(user: Awaited<ReturnType<typeof openPage>>, language: string) {
  await user.click(await fold().findByRole("button", { name: language }))
  return fold().getByText(/\S/, { selector: "pre" }).textContent
}

test("the draft is shown as code in the chosen tool and follows the form", async () => {
  const user = await openPage(`?${new URLSearchParams({ provider: "AWS", vpcId: rightAws["VPC ID"] })}`)
  await screen.findByRole("radio", { checked: true })
  await user.click(screen.getByRole("button", { name: "View as code" }))
  expect(await readCode(user, "Terraform")).toMatch(
    /resource "mongodbatlas_network_peering"[^]*vpc-0a1b2c3d4e5f60718/,
  )
  expect(await readCode(user, "CloudFormation")).toContain(oneOfEach[0]?.id)
  fill({ "VPC ID": "vpc-0a1b2c3d" })
  expect(await readCode(user, "curl")).toMatch(/"vpcId": ?"vpc-0a1b2c3d"/)
  await user.clear(field("VPC ID"))
  expect(fold().getByText(/^Empty fields left out:.* vpcId\.$/)).toBeVisible()
})

test.each([
  ["AWS", "Terraform", { "Atlas region": "EU_WEST_1" }, /"mongodbatlas_network_container"[^]*EU_WEST_1/],
  ["GCP", "curl", {}, /\/containers[^]*"10\.60\.0\.0\/21"[^]*\/peers/],
  ["AZURE", "Atlas CLI", { "Atlas region": "eastus" }, /create azure[^]*--region=US_EAST\b/],
])(
  "the code of a draft on %s includes its new container, such as %s",
  async (provider, language, values, code) => {
    answerContainers(oneOfEach.filter(({ providerName }) => providerName !== "GCP"))
    const link = { provider, container: "new", atlasCidrBlock: "10.60.0.0/21" }
    const user = await openPage(`?${new URLSearchParams(link)}`)
    await screen.findByRole("radio", { name: /New container/, checked: true })
    fill(values)
    await user.click(screen.getByRole("button", { name: "View as code" }))
    expect(await readCode(user, language)).toMatch(code)
  },
)
