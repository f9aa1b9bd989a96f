import {
  readStatus,
  type AuditFilter,
  type AuditPage,
  type AuditRow,
  type AuditVerification,
  type CreatePeering,
  type Peering,
  type PeeringList,
  type PreflightAnswer,
  type ProblemCode,
} from "@peering-desk/shared-schemas"
import type { InfiniteData, QueryClient } from "@tanstack/react-query"
import { auditQuery } from "#api/audit.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { preflightQuery } from "#api/projects/preflight.ts"
import { RequestError } from "#api/request-error.ts"
import { isFormOf } from "./page-buttons.ts"
import { isOfNetwork } from "./network.ts"
import type { Run } from "./run.ts"
import type { State } from "./scene.ts"

const endedStatuses = new Set(["FAILED", "TERMINATING", "DELETING"])

/** Returns whether the data that the page is drawn from has a state; true for none. */
export function isInState(client: QueryClient, run: Run, state: State | undefined): boolean {
  if (state === undefined) return true
  if ("status" in state)
    return listPeerings(client, run).some(
      ({ id, peer }) =>
        readStatus(peer) === state.status && (state.ofAnother !== true || id !== run.peeringId),
    )
  if ("ended" in state) return findCreate(client, run)?.ended === state.ended
  if ("poll" in state) return readPoll(client, run) === state.poll
  if ("form" in state) return isFormOf(run.request) && isPlanned(client, run)
  return state.audit === "listed" ? findEntry(client, run) !== undefined : isVerified(client, run)
}

/** Finds the scene's connection: of a failed one and the one in its place, the latter. */
export function findPeering(client: QueryClient, run: Run): Peering | undefined {
  const list = listPeerings(client, run)
  return list.find(({ peer }) => !endedStatuses.has(readStatus(peer) ?? "")) ?? list.at(-1)
}

/** Finds another connection of the scene's cloud, by which that can be polled. */
export function findAnyPeering(client: QueryClient, run: Run): Peering | undefined {
  const ofCloud = ({ peer }: Peering) => peer.providerName === run.request.providerName
  return findPeering(client, run) ?? readList(client, run)?.peerings.find(ofCloud)
}

function listPeerings(client: QueryClient, run: Run): Peering[] {
  return (readList(client, run)?.peerings ?? []).filter(({ peer }) => isOfNetwork(peer, run.request))
}

function readList(client: QueryClient, { projectId }: Run): PeeringList | undefined {
  return client.getQueryData<PeeringList>(peeringsQuery(projectId).queryKey)
}

function readPoll(client: QueryClient, run: Run): ProblemCode | "works" | undefined {
  const watch = readList(client, run)?.watches.find(
    ({ providerName }) => providerName === run.request.providerName,
  )
  return watch && (watch.problem ?? "works")
}

/** Finds the form's last request for the scene's network. `ended`: the code it ended with; undefined while it runs. */
export function findCreate(
  client: QueryClient,
  { request, startedAt }: Run,
): { submittedAt: number; isPending: boolean; ended: ProblemCode | undefined } | undefined {
  const state = client
    .getMutationCache()
    .getAll()
    .map((mutation) => mutation.state)
    .findLast(
      ({ variables, submittedAt }) =>
        submittedAt >= startedAt && isCreate(variables) && isSameNetwork(variables.request, request),
    )
  if (state === undefined) return undefined
  const { submittedAt, status, error } = state
  const ended = error instanceof RequestError ? error.problem?.code : undefined
  return { submittedAt, isPending: status === "pending", ended }
}

function isCreate(variables: unknown): variables is CreatePeering {
  return typeof variables === "object" && variables !== null && "request" in variables
}

function isSameNetwork(one: CreatePeering["request"], other: Run["request"]): boolean {
  const { containerId: _, ...named } = other
  return Object.entries(named).every(
    ([name, value]) => name === "routeTableCidrBlock" || Reflect.get(one, name) === value,
  )
}

/** Returns whether the server has a plan for what the form has now. */
function isPlanned(client: QueryClient, { projectId, request }: Run): boolean {
  const { providerName } = request
  const [area, project] = preflightQuery(projectId, { providerName, request: {} }).queryKey
  return client.getQueriesData<PreflightAnswer>({ queryKey: [area, project] }).some(([key, answer]) => {
    const draft = key[2] as CreatePeering
    return (answer?.verdict.plan ?? null) !== null && isSameNetwork(draft.request, request)
  })
}

/** The text by which the audit log finds a scene's network. */
export function getNetworkId({ request }: Run): string {
  if (request.providerName === "AWS") return request.vpcId
  return request.providerName === "GCP" ? request.gcpProjectId : request.vnetName
}

/** Finds the scene's entry in what the audit log last showed of its network. */
export function findEntry(client: QueryClient, run: Run): AuditRow | undefined {
  return client
    .getQueriesData<InfiniteData<AuditPage>>({ queryKey: auditQuery({}).queryKey.slice(0, 1) })
    .filter(([[, filter]]) => (filter as AuditFilter).text === getNetworkId(run))
    .flatMap(([, data]) => data?.pages.flatMap(({ rows }) => rows) ?? [])
    .find(({ action }) => action === "peering-create")
}

function isVerified(client: QueryClient, { startedAt }: Run): boolean {
  return client
    .getMutationCache()
    .getAll()
    .some(({ state: { data, submittedAt } }) => {
      const isAnswer = typeof data === "object" && data !== null && "verdict" in data
      return isAnswer && submittedAt >= startedAt && (data as AuditVerification).verdict === "verified"
    })
}
