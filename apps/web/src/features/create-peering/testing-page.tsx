import { toVerdict } from "@peering-desk/peering-rules"
import {
  apiUrls,
  cloudUrls,
  idempotencyKeyHeader,
  problemMediaType,
  readAtlasPeer,
  type AtlasPeer,
  type Container,
  type CreatePeering,
  type Installation,
  type Peering,
  type PeeringDraft,
  type PeeringRequest,
  type PreflightAnswer,
  type Problem,
  type Project,
  type ProjectAddresses,
  type RawAnswer,
  type SessionInfo,
} from "@peering-desk/shared-schemas"
import { QueryClientProvider } from "@tanstack/react-query"
import { cleanup, render, screen, waitFor, within } from "@testing-library/react"
import { userEvent } from "@testing-library/user-event"
import { http, HttpResponse } from "msw"
import { setupServer } from "msw/node"
import { StrictMode } from "react"
import { afterAll, afterEach, beforeAll, expect } from "vitest"
import { createQueryClient } from "#api/query-client.ts"
import { fill } from "#mock-bff/fields.ts"
import { adopted, makeSession } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { CreatePeeringPage } from "./CreatePeeringPage.tsx"

export const projectId = "5356823b3794dee37132bb7b"
export const peeringId = "1112222b3bf99403840e8934"

/** One container of each cloud under the same id, as in MongoDB's documentation. */
const containerId = "507f1f77bcf86cd799439011"
export const oneOfEach: Container[] = [
  {
    providerName: "AWS",
    id: containerId,
    atlasCidrBlock: "10.8.0.0/21",
    provisioned: false,
    regionName: "US_EAST_1",
  },
  { providerName: "GCP", id: containerId, atlasCidrBlock: "10.16.0.0/18", provisioned: true },
  {
    providerName: "AZURE",
    id: containerId,
    atlasCidrBlock: "10.24.0.0/21",
    provisioned: true,
    region: "US_EAST_2",
  },
]

/** A valid peering on AWS, by the labels of the fields. */
export const rightAws = {
  "Account ID": "123456789012",
  Region: "us-east-1",
  "VPC ID": "vpc-0a1b2c3d4e5f60718",
  "VPC CIDR": "10.20.0.0/16",
  Reason: "NET-42: payments reach their cluster",
}
export const rightAwsRequest = {
  providerName: "AWS",
  containerId,
  accepterRegionName: "us-east-1",
  awsAccountId: "123456789012",
  routeTableCidrBlock: "10.20.0.0/16",
  vpcId: "vpc-0a1b2c3d4e5f60718",
} satisfies PeeringRequest

export interface Create extends CreatePeering {
  key: string | null
}

/** The hash of every plan of this server. */
export const planHash = "0f".repeat(32)
const installation: Installation = {
  atlasHost: "127.0.0.1:8081",
  realAtlas: true,
  peersPerProject: 50,
}
/** The addresses of a project without peerings. */
const nobody: ProjectAddresses = {
  project: { id: projectId, name: "payments", keyMayCreate: "yes" },
  containers: oneOfEach,
  peers: [],
  privateIpMode: false,
  readAt: new Date().toISOString(),
  problem: null,
}
let here = nobody
let isDemo = false

/** The BFF as far as this page uses it. */
export const bff = setupServer(
  http.get(apiUrls.session(), () => HttpResponse.json(makeSession())),
  http.get(apiUrls.signInInfo(), () => HttpResponse.json({ providerHost: "id.example", isSignedIn: true })),
  http.get(apiUrls.projects(), () => HttpResponse.json({ projects: [{ id: projectId, name: "payments" }] })),
  http.get(apiUrls.installation(), () =>
    HttpResponse.json({
      ...installation,
      realAtlas: false,
      ...(isDemo && { demo: true }),
    }),
  ),
  http.get("/api/address-space", () => HttpResponse.json({ projects: [here] })),
  http.get(cloudUrls.networks(projectId), () => HttpResponse.json({ networks: [] })),
  http.get(apiUrls.accessList(projectId), () => HttpResponse.json({ entries: [] })),
  http.get(apiUrls.clusters(projectId), () => HttpResponse.json({ clusters: [] })),
  http.post(apiUrls.preflight(projectId), async ({ request }) => {
    const draft = (await request.json()) as PeeringDraft
    preflights.push(draft)
    const verdict = toVerdict(draft, {
      here,
      otherProjects: [],
      peersPerProject: installation.peersPerProject,
      now: Date.now(),
    })
    return HttpResponse.json({ verdict, planHash: verdict.plan && planHash } satisfies PreflightAnswer)
  }),
)
/** Every draft that the server checked. */
export const preflights: PeeringDraft[] = []
/** Every create request. */
export const creates: Create[] = []

/** Starts this BFF and cleans up after each test. Call it once in a test file. */
export function useCreatePageBff(): void {
  beforeAll(() => bff.listen({ onUnhandledRequest: "error" }))
  afterEach(() => {
    cleanup()
    bff.resetHandlers()
    creates.length = 0
    preflights.length = 0
    here = nobody
    isDemo = false
    localStorage.clear()
  })
  afterAll(() => bff.close())
}

/** Answers the list of containers, here and in the address space. */
export function answerContainers(answer: Container[] | Problem) {
  if (Array.isArray(answer)) here = { ...here, containers: answer }
  bff.use(
    http.get(apiUrls.containers(projectId), () =>
      Array.isArray(answer) ? HttpResponse.json({ containers: answer }) : toProblemAnswer(answer),
    ),
  )
}

/** Makes this the demo. */
export function answerDemo() {
  isDemo = true
}

/** Adds peerings to the project. */
export function answerPeers(peers: AtlasPeer[]) {
  here = { ...here, peers }
}

/** Answers creates, one answer after another. The last one repeats. A promise keeps the page waiting. */
export function answerCreates(...answers: ("created" | "cut" | "proxy" | Problem | Promise<"created">)[]) {
  let next = 0
  bff.use(
    http.post(apiUrls.peerings(projectId), async ({ request }) => {
      const body = (await request.json()) as CreatePeering
      creates.push({ key: request.headers.get(idempotencyKeyHeader), ...body })
      const answer = await answers[Math.min(next++, answers.length - 1)]
      if (answer === undefined || answer === "cut") return HttpResponse.error()
      if (answer === "proxy") return HttpResponse.html("<h1>Bad gateway</h1>", { status: 502 })
      return answer === "created"
        ? HttpResponse.json(toPeering(body.request), { status: 201 })
        : toProblemAnswer(answer)
    }),
    // The cache asks for a list that it does not have yet.
    http.get(apiUrls.peerings(projectId), () => HttpResponse.json({ projectId, peerings: [], watches: [] })),
  )
}

/** Says that the server's Atlas key may not create here. */
export function answerKeyMayNotCreate(keyKind: NonNullable<Project["keyKind"]>) {
  const project: Project = { id: projectId, name: "payments", keyMayCreate: "no", keyKind }
  bff.use(http.get(apiUrls.projects(), () => HttpResponse.json({ projects: [project] })))
}

/** Signs a person in. */
export const answerSession = (session: SessionInfo) =>
  bff.use(http.get(apiUrls.session(), () => HttpResponse.json(session)))

export function problem(code: Problem["code"], status: number, more: Partial<Problem> = {}): Problem {
  return { type: "about:blank", title: code, status, code, requestId: "req-7", ...more }
}

function toProblemAnswer(answer: Problem) {
  const headers = { "content-type": problemMediaType }
  return HttpResponse.json(answer, { status: answer.status, headers })
}

function toPeering(request: PeeringRequest): Peering {
  const raw: RawAnswer = { ...request, id: peeringId, statusName: "INITIATING", status: "ADDING_PEER" }
  const peer = readAtlasPeer(raw, request.providerName)
  if (peer === null) throw new Error("has an id")
  return { projectId, id: peeringId, peer, raw, history: [], beginSeen: true, ...adopted }
}

/**
 * Opens the page, or reloads it.
 * @param query of its address, from the `?` on
 * @param text what it shows in place of the form; null for the form
 */
export async function openPage(query = "", text: string | null = null) {
  cleanup()
  history.replaceState(null, "", `${pagePaths.newConnection(projectId)}${query}`)
  const user = userEvent.setup()
  render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <CreatePeeringPage projectId={projectId} />
      </QueryClientProvider>
    </StrictMode>,
  )
  if (text === null) await findOpenPanel()
  else await screen.findByText(text)
  return user
}

/** Waits for the form of the chosen tab, which follows its tab. A link has filled it once the address has no query. */
async function findOpenPanel() {
  await waitFor(() => expect(location.search).toBe(""))
  const tab = await screen.findByRole("tab", { selected: true })
  const isOfTab = { name: (_: string, form: Element) => form.id === tab.getAttribute("aria-controls") }
  await waitFor(() => expect(screen.getByRole("tabpanel", isOfTab)).not.toBeEmptyDOMElement())
}

/** Opens the page with a valid peering on AWS whose VPC has one CIDR. The link saves one render per field. */
export async function openFilledPage() {
  const { containerId: _, providerName: provider, ...fields } = rightAwsRequest
  const networkBlocks = fields.routeTableCidrBlock
  const user = await openPage(`?${new URLSearchParams({ provider, ...fields, networkBlocks })}`)
  await screen.findByRole("radio", { checked: true })
  fill({ Reason: rightAws.Reason })
  return user
}

export const createButton = () => screen.getByRole("button", { name: /^Creat/ })

/** The plan and the checks beside the form. */
export const panel = () => within(screen.getByRole("region", { name: "Plan and checks" }))

/** Returns what the look-up script prints for the VPC of the filled page, in which nothing is in the way. */
export function toLookUpOutput(read: object = {}, vpcId = rightAwsRequest.vpcId): string {
  const { awsAccountId, routeTableCidrBlock, accepterRegionName: region } = rightAwsRequest
  const vpc = { VpcId: vpcId, OwnerId: awsAccountId, CidrBlock: routeTableCidrBlock }
  const block = {
    peeringDeskLookUp: 1,
    cloud: "AWS",
    asked: { vpcId },
    at: new Date().toISOString(),
    region,
    read: {
      caller: { Account: awsAccountId },
      vpcs: { Vpcs: [vpc] },
      "dns-support": { VpcId: vpcId, EnableDnsSupport: { Value: true } },
      "dns-hostnames": { VpcId: vpcId, EnableDnsHostnames: { Value: true } },
      subnets: { Subnets: [] },
      peerings: { VpcPeeringConnections: [] },
      "peerings-requested": { VpcPeeringConnections: [] },
      "network-acls": { NetworkAcls: [] },
      "security-groups": { SecurityGroups: [] },
      "route-tables": { RouteTables: [] },
      ...read,
    },
    failed: {},
  }
  return `----- BEGIN PEERING DESK LOOK-UP -----\n${JSON.stringify(block)}\n----- END PEERING DESK LOOK-UP -----`
}

/** Pastes an output below the checks. */
export async function pasteLookUp(user: ReturnType<typeof userEvent.setup>, output = toLookUpOutput()) {
  const button = await panel().findByRole("button", { name: "Paste result" })
  await navigator.clipboard.writeText(output)
  await user.click(button)
}
