import {
  apiUrls,
  approvalUrls,
  cloudUrls,
  type AccessList,
  type Activity,
  type AddressSpace,
  type ApprovalList,
  type ApprovalPolicyAnswer,
  type ClusterList,
  type ContainerList,
  type ProjectSetting,
  type HandOffList,
  type KnownFacts,
  type ManagedKeyList,
  type NetworkList,
  type Inbox,
  type Installation,
  type ListFacts,
  type Peering,
  type PeeringList,
  type PolicyChecks,
  type Problem,
  type ProblemCode,
  type ProjectList,
  type SavedViewList,
  type Timeline,
  type DeletedPeeringList,
} from "@peering-desk/shared-schemas"
import { http, HttpResponse, type DefaultBodyType, type HttpHandler } from "msw"
import { setupServer } from "msw/node"
import { answerAll } from "./all-connections.ts"
import { containers, makeList, makeSession, projectId, projects } from "./samples.ts"

/** A server on the network's side of the browser. Each test says what differs with `mockBff.use(…)`. */
export const mockBff = setupServer(
  answer(apiUrls.projects(), { projects } satisfies ProjectList),
  answer(apiUrls.containers(projectId), { containers } satisfies ContainerList),
  answer(apiUrls.installation(), {
    atlasHost: "127.0.0.1:8081",
    realAtlas: false,
    peersPerProject: 50,
  } satisfies Installation),
  answer(apiUrls.session(), makeSession()),
  ...answerAll(() => []),
  answer(apiUrls.listFacts(projectId), { listed: null, running: null } satisfies ListFacts),
  answer(apiUrls.activity(), { entries: [] } satisfies Activity),
  answer(apiUrls.inbox(), { entries: [], readUpTo: 0, unread: 0 } satisfies Inbox),
  answer(apiUrls.savedViews(), { views: [] } satisfies SavedViewList),
  answer("/api/address-space", { projects: [] } satisfies AddressSpace),
  answer(apiUrls.deletedPeerings(projectId), { deletedPeerings: [] } satisfies DeletedPeeringList),
  runAudited("post", apiUrls.policyChecks(projectId), { checks: [] } satisfies PolicyChecks),
  answer(apiUrls.accessList(projectId), { entries: [] } satisfies AccessList),
  answer(apiUrls.clusters(projectId), { clusters: [] } satisfies ClusterList),
  answer(apiUrls.customDns(projectId), { enabled: false } satisfies ProjectSetting),
  answer(apiUrls.managedBy(projectId), { keys: [] } satisfies ManagedKeyList),
  answer(`${apiUrls.peerings(projectId)}/:peeringId/hand-offs`, { handOffs: [] } satisfies HandOffList),
  answer(`${apiUrls.peerings(projectId)}/:peeringId/facts`, {
    facts: null,
    contradictions: [],
    waiting: null,
  } satisfies KnownFacts),
  http.get(`${apiUrls.peerings(projectId)}/:peeringId/timeline`, ({ params }) =>
    HttpResponse.json({
      peeringId: String(params["peeringId"]),
      providerName: "AWS",
      observations: [],
      gaps: [],
      lookEverySeconds: 90,
      acts: [],
    } satisfies Timeline),
  ),
  answer(cloudUrls.networks(projectId), { networks: [] } satisfies NetworkList),
  answer(approvalUrls.approvals(), {
    approvals: [],
    counts: { open: 0, decided: 0 },
    nextBefore: null,
    isPolicySet: true,
  } satisfies ApprovalList),
  answer(approvalUrls.approvalPolicy(), { policy: null } satisfies ApprovalPolicyAnswer),
  listOf([]),
)

/** `GET url` answers with a body. */
export function answer(url: string, body: DefaultBodyType): HttpHandler {
  return http.get(url, () => HttpResponse.json(body))
}

/**
 * A change is answered with a body, with none (null), or with a problem.
 * @param heard called with what the page sent
 */
export function runAudited(
  method: "post" | "put" | "patch" | "delete",
  url: string,
  body: object | { problem: Partial<Problem> } | null,
  heard: (sent: unknown) => void = () => undefined,
): HttpHandler {
  return http[method](url, async ({ request }) => {
    const text = await request.text()
    heard(text === "" ? null : JSON.parse(text))
    if (body === null) return new HttpResponse(null, { status: 204 })
    return "problem" in body ? answerProblem(body.problem) : HttpResponse.json({ ...body })
  })
}

export function answerProblem(more: Partial<Problem>) {
  const problem = { type: "about:blank", title: "", status: 502, requestId: "req-1234", ...more }
  return HttpResponse.json(problem, { status: problem.status })
}

/** The project's list holds these connections. */
export function listOf(peerings: Peering[] | PeeringList): HttpHandler {
  const list: PeeringList = Array.isArray(peerings) ? makeList(peerings) : peerings
  return answer(apiUrls.peerings(list.projectId), list)
}

/** `GET url` answers with a problem. */
export function refuse(url: string, code: ProblemCode, more: Partial<Problem> = {}): HttpHandler {
  return http.get(url, () => answerProblem({ title: code, code, ...more }))
}

/** Not signed in: every call is answered so, but the one of the sign-in page. */
export function signedOut(): HttpHandler {
  return http.get("/api/*", ({ request }) => {
    if (new URL(request.url).pathname === apiUrls.signInInfo())
      return HttpResponse.json({
        organisation: null,
        providerHost: "id.example",
        isDemo: false,
        isSignedIn: false,
      })
    return answerProblem({ status: 401, code: "not_signed_in" })
  })
}

/** `GET url` finds no server. */
export function unreachable(url: string): HttpHandler {
  return http.get(url, () => HttpResponse.error())
}

/** `GET url` never answers. */
export function silent(url: string): HttpHandler {
  return http.get(url, () => new Promise<Response>(() => undefined))
}

/** Holds an answer back until the test lets it go; without one, the call fails then. */
export function holdAnswer(toAnswer: () => Response = () => HttpResponse.error()) {
  let answer = () => {}
  const isLetGo = new Promise<void>((resolve) => (answer = resolve))
  return { answered: isLetGo.then(toAnswer), answer: () => answer() }
}
