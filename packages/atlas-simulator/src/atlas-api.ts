import type { Request, Response } from "express"
import { toIpv4 } from "#auth/api-keys.ts"
import { toChallenge } from "#auth/digest-verifier.ts"
import { checkAddress, checkLimit, checkMayChange, findProject, identify, type Gate } from "#auth/gate.ts"
import type { ForeignChange } from "#console/foreign-change.ts"
import {
  versionsOf,
  type Answer,
  type Call,
  type Endpoint,
  type ProjectCall,
  type Simulation,
} from "#resources/endpoint.ts"
import { AtlasError } from "#resources/errors.ts"
import { addEventsOf } from "#auth/event-endpoints.ts"
import type { Json } from "#resources/json.ts"
import { checkContentType, chooseVersion } from "#resources/media-types.ts"
import { toAnswerReply, toChallengeReply, toErrorReply, type Reply } from "#resources/reply.ts"
import { readBody } from "#resources/request-body.ts"
import { findEndpoint, parseTarget } from "#resources/routing.ts"
import { advanceProject } from "#world/peer-lifecycle.ts"

/** A request that Atlas carried out. */
export type Served = {
  /** The caller's public key; null for a service account. */
  publicKey: string | null
  method: string
  /** Null where it was not about one project. */
  projectId: string | null
  /** As sent, with the query. */
  target: string
  /** The date of v2 that answered; null on v1.0. */
  dated: string | null
  body: string
  answer: Json | null
}

/**
 * Creates the handler of Atlas's API: the gate in the order Atlas seems to have it, then the operation.
 * @param onServed called as soon as a request is carried out, before a fault can lose its answer
 */
export function createAtlasApi(
  simulation: Simulation,
  gate: Gate,
  endpoints: readonly Endpoint[],
  onServed: (served: Served) => void,
) {
  async function readChange(
    request: Request,
    response: Response,
    endpoint: Endpoint,
    { version }: Omit<Call, "body">,
  ) {
    if (endpoint.method !== "POST" && endpoint.method !== "PATCH") return ""
    checkContentType(version, request.headers["content-type"])
    return await readBody(request, response)
  }

  async function run(request: Request, response: Response, endpoint: Endpoint, call: Omit<Call, "body">) {
    const { principal } = call
    if (endpoint.scope === "key") {
      const headers = checkLimit(gate, { ...call, endpoint, project: null, path: request.path })
      const body = await readChange(request, response, endpoint, call)
      const answer = endpoint.handle({ ...call, body })
      report(request, call, { projectId: null, body, answer: answer.body })
      return { headers, answer }
    }
    const project = findProject(simulation.world(), principal, call.params["groupId"] ?? "")
    const { fullPath } = parseTarget(request.originalUrl)
    const headers = checkLimit(gate, { ...call, endpoint, project, path: fullPath })
    if (endpoint.method !== "GET") checkMayChange(principal, project, endpoint.changedBy ?? "owner")
    const body = await readChange(request, response, endpoint, call)
    // Reading the body took time.
    const address = toIpv4(request.socket.remoteAddress ?? "")
    const answer = carryOut(endpoint, { ...call, body, now: simulation.clock.now(), project }, address)
    report(request, call, { projectId: project.id, body, answer: answer.body })
    return { headers, answer }
  }

  function report(
    { method, originalUrl: target }: Request,
    { principal: { publicKey }, dated }: Omit<Call, "body">,
    rest: Pick<Served, "projectId" | "body" | "answer">,
  ): void {
    onServed({ publicKey, method, target, dated: dated?.date ?? null, ...rest })
  }

  /** Transitions that are due come before the operation. */
  function carryOut(endpoint: Extract<Endpoint, { scope: "project" }>, call: ProjectCall, address: string) {
    advanceProject(call.project, call.now, simulation.durations)
    const answer = endpoint.handle(call)
    addEventsOf(endpoint, call, answer.body, address)
    return answer
  }

  /** Carries out a change of another tool, as on v2, without signature and limits. Throws AtlasError, and RangeError for an unknown key. */
  function actAs({ publicKey, method, projectId, path, body, address = "203.0.113.7" }: ForeignChange) {
    const principal = gate.keys.find(publicKey)
    if (principal === null) throw new RangeError(`there is no key ${publicKey}`)
    const fullPath = `/groups/${projectId}/${path}`
    const { endpoint, readParams } = findEndpoint(endpoints, "v2", method, fullPath, fullPath)
    if (endpoint.scope !== "project") throw new RangeError(`${path} is in no project`)
    const project = findProject(simulation.world(), principal, projectId)
    checkMayChange(principal, project, endpoint.changedBy ?? "owner")
    const call = {
      version: "v2" as const,
      dated: null,
      principal,
      baseUrl: "/api/atlas/v2",
      path: fullPath,
      params: readParams(),
      query: new URLSearchParams(),
      now: simulation.clock.now(),
    }
    return carryOut(endpoint, { ...call, project, body: JSON.stringify(body ?? null) }, address).body
  }

  async function answer(request: Request, response: Response): Promise<Reply> {
    const { method, originalUrl: target } = request
    const { version, isKnown, fullPath, path, query } = parseTarget(target)
    const { authorization, accept, host = "127.0.0.1" } = request.headers
    const principal = identify(gate, { method, target, version, authorization })
    if ("stale" in principal)
      return toChallengeReply(toChallenge(gate.nonces.issue(), principal.stale), version)

    let endpoint: Endpoint | null = null
    try {
      checkAddress(principal, request)
      if (!isKnown) throw new AtlasError("RESOURCE_NOT_FOUND", [fullPath])
      const found = findEndpoint(endpoints, version, method, path, fullPath)
      endpoint = found.endpoint
      const now = simulation.clock.now()
      const dated = chooseVersion(version, accept, now, versionsOf(endpoint))
      const baseUrl = `http://${host}/api/atlas/${version}`
      const params = found.readParams()
      const call = { version, dated, principal, baseUrl, path, params, query, now }
      const { headers, answer: result } = await run(request, response, endpoint, call)
      const withLimit: Answer = { ...result, headers: { ...headers, ...result.headers } }
      return toAnswerReply(withLimit, { dated, endpoint, query })
    } catch (error) {
      if (error instanceof AtlasError) return toErrorReply(error, version, endpoint)
      throw error
    }
  }

  return { answer, actAs }
}
