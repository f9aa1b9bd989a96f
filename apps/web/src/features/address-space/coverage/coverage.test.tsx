import {
  apiUrls,
  AtlasPeer,
  Container,
  type CheckStatus,
  type ContainerList,
  type InventoryProject,
  type Peering,
  type PeeringDraft,
  type PreflightAnswer,
  type Problem,
} from "@peering-desk/shared-schemas"
import { screen, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { answer, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import {
  containers,
  inOneProject,
  makeList,
  makePeering,
  makeSession,
  makeWatch,
  now,
  projectId,
} from "#mock-bff/samples.ts"
import { makeEntry, makeOverview, makeProject } from "#mock-bff/inventory-samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const [usEast] = containers
const makeContainer = (id: string, regionName: string, atlasCidrBlock: string) =>
  Container.parse({
    providerName: "AWS",
    id,
    atlasCidrBlock,
    provisioned: true,
    regionName,
    vpcId: `vpc-${id}`,
  })
const ireland = makeContainer("507f1f77bcf86cd799439099", "EU_WEST_1", "10.99.0.0/21")
const frankfurt = makeContainer("507f1f77bcf86cd799439098", "EU_CENTRAL_1", "10.98.0.0/21")
const north = Container.parse({ ...containers[2], id: "507f1f77bcf86cd799439097", region: "EUROPE_NORTH" })
const oregon = makeEntry("AWS", "a", { fields: { accepterRegionName: "us-west-2" } })

/** One VPC in Oregon, joined with one of three Atlas regions. */
const covered = makeProject({ containers: [usEast!, ireland, frankfurt], peerings: [oregon] })

interface Sent {
  body: { request: { containerId: string }; reason: string; planHash: string }
  key: string | null
}

let judged: PeeringDraft[]
let sent: Sent[]
beforeEach(() => {
  judged = []
  sent = []
})

/** The server judges drafts by their container, and takes them, or answers the next ones with these problems. */
function serveCreates(
  verdicts: Record<string, CheckStatus> = {},
  problems: (Partial<Problem> | "lost" | null)[] = [],
): void {
  const toAnswer = (draft: PeeringDraft): PreflightAnswer => {
    const status = verdicts[draft.request["containerId"] ?? ""] ?? "green"
    const says = status === "red" ? "10.99.0.0/21 overlaps 10.96.0.0/11" : "All is well"
    const isAzure = draft.providerName === "AZURE"
    const id = isAzure ? ("cloud-permission" as const) : ("overlap-with-container" as const)
    const check = { id, status, says, errorCode: null, field: null, basedOn: "" }
    const verdict = {
      status,
      checks: [check],
      plan: status === "red" ? null : { steps: [] },
      suggestedFixes: [],
    }
    return { verdict, planHash: status === "red" ? null : "a".repeat(64) }
  }
  mockBff.use(
    http.post(apiUrls.preflight(projectId), async ({ request }) => {
      const draft = (await request.json()) as PeeringDraft
      judged.push(draft)
      return HttpResponse.json(toAnswer(draft))
    }),
    http.post(apiUrls.peerings(projectId), async ({ request }) => {
      const body = (await request.json()) as Sent["body"]
      sent.push({ body, key: request.headers.get("Idempotency-Key") })
      const problem = problems.shift() ?? null
      if (problem === "lost") return HttpResponse.error()
      if (problem !== null)
        return HttpResponse.json({ type: "", title: "", requestId: "r", ...problem }, { status: 422 })
      const peer = AtlasPeer.parse({ ...body.request, id: `made${sent.length}` })
      return HttpResponse.json(makePeering("AWS", { peer: { ...peer } }), { status: 201 })
    }),
  )
}

function openCoverage(project: InventoryProject, most = 50) {
  const peerings = project.peerings.map(({ status, statusSince, ...entry }): Peering => {
    const history = [{ status, at: statusSince ?? now }]
    return { ...makePeering("AWS"), ...entry, raw: {}, history }
  })
  mockBff.use(
    answer(apiUrls.overview(), { ...makeOverview([project]), limits: { most, mostPending: 25 } }),
    answer(apiUrls.containers(projectId), { containers: project.containers } satisfies ContainerList),
    listOf(makeList(peerings, project.watches)),
  )
  return openApp(pagePaths.addressCoverage())
}
const findMatrix = async () => within(await screen.findByRole("table"))
const findDrafts = async () =>
  within(await screen.findByRole("list", { name: "Drafts" })).getAllByRole("heading", { level: 3 })
const press = (name: string) => screen.findByRole("button", { name })

describe("the matrix", () => {
  test("the AWS matrix has the regions of the VPCs by those of Atlas", async () => {
    openCoverage(covered)
    const table = await findMatrix()
    expect(table.getAllByRole("columnheader").map((cell) => cell.textContent)).toEqual([
      "Region of your VPCs",
      "us-east-1192.168.248.0/21",
      "eu-west-110.99.0.0/21",
      "eu-central-110.98.0.0/21",
    ])
    expect(table.getByRole("rowheader")).toHaveTextContent("us-west-2vpc-0a1b2c3d4e5f60718")
    expect(table.getAllByRole("cell").map((cell) => cell.textContent)).toEqual([
      "Availablevpc-0a1b2c3d4e5f60718",
      "–Not set upAdd",
      "–Not set upAdd",
    ])
    expect(screen.getByRole("region", { name: "AWS" })).toHaveTextContent("1 connected · 2 not set up")
  })

  test("the Azure matrix has VNets, of which Atlas tells no region; on Google Cloud one connection joins all", async () => {
    openCoverage(makeProject({ peerings: [makeEntry("AZURE", "z"), makeEntry("GCP", "g")] }))
    const azure = within(await screen.findByRole("region", { name: "Azure" }))
    expect(azure.getByRole("rowheader")).toHaveTextContent("vnet-crmin rg-crm")
    expect(azure.getByText(/Atlas doesn't report the region of a VNet/)).toBeVisible()
    const gcp = within(screen.getByRole("region", { name: "Google Cloud" }))
    expect(gcp.getByRole("columnheader", { name: /all regions/i })).toBeVisible()
  })

  test("Add is not offered while the list of that cloud can't be read", async () => {
    const watches = [makeWatch("AWS", { problem: "atlas_timeout" }), makeWatch("GCP"), makeWatch("AZURE")]
    openCoverage({ ...covered, watches })
    const table = await findMatrix()
    expect(table.getAllByText("Not checked")).toHaveLength(2)
    expect(table.queryByRole("checkbox")).toBeNull()
  })

  test("Add is offered beside a connection that is being removed, and not for a network whose only connection failed", async () => {
    const removed = makeEntry("AWS", "b", {
      status: "TERMINATING",
      turn: "closing",
      fields: { accepterRegionName: "us-west-2", containerId: ireland.id },
    })
    const failed = makeEntry("AWS", "c", {
      status: "FAILED",
      turn: "failed",
      fields: { accepterRegionName: "sa-east-1", vpcId: "vpc-0c" },
    })
    openCoverage({ ...covered, peerings: [oregon, removed, failed] })
    const table = await findMatrix()
    expect(table.getByRole("cell", { name: /Deleting.*Add/ })).toBeVisible()
    expect(table.getAllByRole("checkbox").map((box) => box.getAttribute("aria-label"))).toEqual([
      "Add us-west-2 to eu-west-1",
      "Add us-west-2 to eu-central-1",
    ])
    expect(table.getByRole("row", { name: /sa-east-1/ })).toHaveTextContent(
      "Failedvpc-0c–Not set up–Not set up",
    )
  })

  test("Add is not offered to a viewer, who sees whom to ask", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
    openCoverage(covered)
    expect(
      await screen.findByText("You can view payments-prod. To create connections, ask the platform team."),
    ).toBeVisible()
    expect(screen.queryByRole("checkbox")).toBeNull()
  })
})

describe("new connections from the coverage table", () => {
  test("added connections become drafts with the server's verdict, each with its filled form; the address keeps them", async () => {
    serveCreates({ [ireland.id]: "red" })
    const { user } = openCoverage(covered)
    await user.click(await press("Add all 2"))
    expect(screen.getByRole("list", { name: "Drafts" })).toHaveFocus()
    expect((await findDrafts()).map((head) => head.textContent)).toEqual([
      "us-west-2 to eu-west-1",
      "us-west-2 to eu-central-1",
    ])
    expect(await screen.findByText("Can't create yet")).toBeVisible()
    expect(screen.getByText("10.99.0.0/21 overlaps 10.96.0.0/11")).toBeVisible()
    expect(screen.getByText("Ready to create")).toBeVisible()
    expect(judged.map(({ request }) => request["accepterRegionName"])).toEqual(["us-west-2", "us-west-2"])
    expect(screen.getByRole("link", { name: "Open in form: us-west-2 to eu-west-1" })).toHaveAttribute(
      "href",
      `/projects/${projectId}/connections/new?provider=AWS&awsAccountId=123456789012&accepterRegionName=us-west-2&vpcId=vpc-0a1b2c3d4e5f60718&routeTableCidrBlock=10.20.0.0%2F16&container=${ireland.id}`,
    )
    await user.click(screen.getByRole("button", { name: "Remove us-west-2 to eu-west-1" }))
    expect(screen.getByRole("list", { name: "Drafts" })).toHaveFocus()
    expect(new URLSearchParams(location.search).getAll("pick")).toEqual([`${frankfurt.id} us-west-2`])
    expect(screen.getByRole("checkbox", { name: "Add us-west-2 to eu-central-1" })).toBeChecked()
    expect(screen.getByRole("checkbox", { name: "Add us-west-2 to eu-west-1" })).not.toBeChecked()
  })

  test("are created one after another with one reason, as they were shown, and only those that Atlas would take [I5]", async () => {
    serveCreates({ [ireland.id]: "red" })
    const stockholm = makeContainer("507f1f77bcf86cd799439096", "EU_NORTH_1", "10.97.0.0/21")
    const { user } = openCoverage({ ...covered, containers: [...covered.containers, stockholm] })
    await user.click(await press("Add all 3"))
    await user.click(await press("Create 2 connections"))
    expect(await screen.findByText("Enter a reason (stored in the audit log)")).toBeVisible()
    expect(sent).toEqual([])
    await user.type(screen.getByRole("textbox", { name: "Reason" }), "NET-42")
    await user.click(await press("Create 2 connections"))
    expect(await screen.findByText("2 connections requested")).toBeVisible()
    expect(sent.map(({ body }) => body.request.containerId)).toEqual([frankfurt.id, stockholm.id])
    expect(sent.map(({ body }) => [body.reason, body.planHash])).toEqual(
      Array.from({ length: 2 }, () => ["NET-42", "a".repeat(64)]),
    )
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2)
    expect(screen.getByRole("link", { name: "us-west-2 to eu-central-1" })).toHaveAttribute(
      "href",
      `/projects/${projectId}/connections/made1`,
    )
  })

  test("one that Atlas refuses says why, and keeps no other one back", async () => {
    const atlas = { status: 409, errorCode: "PEER_ALREADY_EXISTS", detail: "It exists." }
    serveCreates({}, [{ code: "atlas_refused", status: 422, atlas }])
    const { user } = openCoverage(covered)
    await user.click(await press("Add all 2"))
    await user.type(await screen.findByRole("textbox", { name: "Reason" }), "NET-42")
    await user.click(await press("Create 2 connections"))
    expect(await screen.findByText("1 connection requested")).toBeVisible()
    expect(await screen.findByText(/PEER_ALREADY_EXISTS/)).toBeVisible()
    expect(sent).toHaveLength(2)
  })

  test("one whose answer is lost ends the row, and is asked for again under the same key", async () => {
    serveCreates({}, ["lost"])
    const { user } = openCoverage(covered)
    await user.click(await press("Add all 2"))
    await user.type(await screen.findByRole("textbox", { name: "Reason" }), "NET-42")
    await user.click(await press("Create 2 connections"))
    expect(await screen.findByRole("alert")).toBeVisible()
    expect(sent).toHaveLength(1)
    await user.type(screen.getByRole("textbox", { name: "Reason" }), ", once more")
    await user.click(await press("Create 2 connections"))
    expect(await screen.findByText("2 connections requested")).toBeVisible()
    expect(sent.map(({ body }) => body.reason)).toEqual(["NET-42", "NET-42", "NET-42, once more"])
    expect(sent[1]?.key).toBe(sent[0]?.key)
    expect(sent[2]?.key).not.toBe(sent[0]?.key)
  })

  test("drafts of a region with several VPCs wait until one is named", async () => {
    serveCreates()
    const other = makeEntry("AWS", "b", {
      fields: { accepterRegionName: "us-west-2", vpcId: "vpc-0b", routeTableCidrBlock: "10.30.0.0/16" },
    })
    const { user } = openCoverage({ ...covered, containers: [usEast!, ireland], peerings: [oregon, other] })
    expect((await findMatrix()).getByRole("rowheader")).toHaveTextContent("us-west-22 VPCs")
    await user.click(screen.getByRole("checkbox", { name: "Add us-west-2 to eu-west-1" }))
    expect(await press("Create 0 connections")).toHaveAttribute("aria-disabled", "true")
    expect(judged).toEqual([])
    await user.selectOptions(
      screen.getByRole("combobox", { name: "VPC in us-west-2" }),
      "vpc-0b, account 1234 5678 9012, 10.30.0.0/16",
    )
    expect(await press("Create 1 connection")).toHaveAttribute("aria-disabled", "false")
    expect(judged).toMatchObject([{ request: { vpcId: "vpc-0b", routeTableCidrBlock: "10.30.0.0/16" } }])
  })

  test("Azure drafts go by the form until Atlas is proven to have its role there", async () => {
    serveCreates({ [north.id]: "amber" })
    const { user } = openCoverage(
      makeProject({ containers: [containers[2]!, north], peerings: [makeEntry("AZURE", "z")] }),
    )
    await user.click(await screen.findByRole("checkbox", { name: "Add vnet-crm to EUROPE_NORTH" }))
    expect(await screen.findByText(/Confirm Atlas's role on the VNet in the form/)).toBeVisible()
    expect(await press("Create 0 connections")).toHaveAttribute("aria-disabled", "true")
    expect(screen.getByRole("link", { name: "Open in form: vnet-crm to EUROPE_NORTH" })).toBeVisible()
  })

  test("say when they are more than Atlas takes", async () => {
    serveCreates()
    const { user } = openCoverage(covered, 2)
    await user.click(await press("Add all 2"))
    expect(await screen.findByText("Only 1 more connection fits in payments-prod")).toBeVisible()
  })
})
