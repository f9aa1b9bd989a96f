import type { Request, Response } from "express"
import express from "express"

import { checkAddress, checkLimit, checkMayChange, admitToProject, identify } from "./gate.ts"
import type { Gate } from "./gate.ts"
import { toChallenge } from "./digest-verifier.ts"
import type { Answer, ApiVersion, Call, Endpoint, Simulation } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { checkAccept, checkContentType } from "./media-types.ts"
import { settleProject } from "./peer-lifecycle.ts"
import type { Reply } from "./reply.ts"
import { toAnswerReply, toChallengeReply, toErrorReply } from "./reply.ts"
import { findEndpoint } from "./routing.ts"

/** Bytes a request body may have. The live limit is not known. */
const bodyLimit = 256 * 1024

const readText = express.text({ type: () => true, limit: bodyLimit })

/** Reads the body as text; throws REQUEST_TOO_LARGE, or MALFORMED_JSON when it cannot be decoded or breaks off. */
export async function readBody(request: Request, response: Response): Promise<string> {
  const problem = await new Promise<unknown>((resolve) => {
    readText(request, response, resolve)
  })
  if (problem !== undefined && problem !== null) {
    const isTooLarge = typeof problem === "object" && "status" in problem && problem.status === 413
    throw isTooLarge ? new AtlasError("REQUEST_TOO_LARGE", [bodyLimit]) : new AtlasError("MALFORMED_JSON")
  }
  return typeof request.body === "string" ? request.body : ""
}

/** Splits a target below `/api/atlas` into version, path and query; an unknown version counts as the older API's. */
function parseTarget(target: string) {
  const [fullPath = "", ...query] = target.split("?")
  const [, versionText = "", path = ""] = /^\/api\/atlas\/([^/]*)(.*)$/.exec(fullPath) ?? []
  const version: ApiVersion = versionText === "v2" ? "v2" : "v1.0"
  const isKnown = versionText === "v2" || versionText === "v1.0"
  return { version, isKnown, fullPath, path, query: new URLSearchParams(query.join("?")) }
}

/** Names the version that a target is for. */
export function versionOf(target: string): ApiVersion {
  return parseTarget(target).version
}

/** Answers one request to the API: the gate in the order Atlas seems to have it, then the operation. */
export function createAtlasApi(simulation: Simulation, gate: Gate, endpoints: readonly Endpoint[]) {
  async function run(request: Request, response: Response, endpoint: Endpoint, call: Omit<Call, "body">) {
    const { principal } = call
    if (endpoint.scope === "key") {
      const headers = checkLimit(gate, { ...call, endpoint, project: null, path: request.path })
      return { headers, answer: endpoint.handle({ ...call, body: "" }) }
    }
    const project = admitToProject(simulation.world(), principal, call.params["groupId"] ?? "")
    const path = request.originalUrl.split("?")[0] ?? ""
    const headers = checkLimit(gate, { ...call, endpoint, project, path })
    if (endpoint.changes) checkMayChange(principal, project)
    let body = ""
    if (endpoint.method === "POST" || endpoint.method === "PATCH") {
      checkContentType(call.version, request.headers["content-type"])
      body = await readBody(request, response)
    }
    // Reading the body took time; what is due by now has to be in force before the operation looks.
    const now = simulation.clock.now()
    settleProject(project, now, simulation.durations)
    return { headers, answer: endpoint.handle({ ...call, body, now, project }) }
  }

  return async function answer(request: Request, response: Response): Promise<Reply> {
    const target = request.originalUrl
    const { version, isKnown, fullPath, path, query } = parseTarget(target)
    const principal = identify(gate, {
      method: request.method,
      target,
      version,
      authorization: request.headers.authorization,
    })
    if ("stale" in principal) return toChallengeReply(toChallenge(gate.nonces.issue(), principal.stale))

    let endpoint: Endpoint | null = null
    try {
      checkAddress(principal, request)
      if (!isKnown) throw new AtlasError("RESOURCE_NOT_FOUND", [fullPath])
      const found = findEndpoint(endpoints, request.method, path, fullPath)
      endpoint = found.endpoint
      const now = simulation.clock.now()
      checkAccept(version, request.headers.accept, now)
      const baseUrl = `http://${request.headers.host ?? "127.0.0.1"}/api/atlas/${version}`
      const params = found.readParams()
      const call = { version, principal, baseUrl, path, params, query, now }
      const { headers, answer: result } = await run(request, response, endpoint, call)
      const withLimit: Answer = { ...result, headers: { ...headers, ...result.headers } }
      return toAnswerReply(withLimit, { version, endpoint, query })
    } catch (error) {
      if (error instanceof AtlasError) return toErrorReply(error, version, endpoint)
      throw error
    }
  }
}
