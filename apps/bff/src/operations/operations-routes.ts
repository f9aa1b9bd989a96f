import type { Installation, ReadinessCheck, Routes, SignInInfo } from "@peering-desk/shared-schemas"
import { Router, type Request, type RequestHandler } from "express"
import { AppError, toAppError } from "#base/app-error.ts"
import { allowOnly } from "#http/allow-methods.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { checkRequest } from "#http/check-request.ts"
import { isLoopbackHost } from "#http/loopback.ts"
import { describeRequest } from "#http/request-log.ts"
import type { Lifetime } from "./readiness.ts"

/**
 * `/healthz`: the process lives. `/readyz`: it takes requests; operators get everything that was checked, strangers a yes or no.
 * @param checkReadiness rejects while the server should get no requests
 * @param isOperator tells operators from strangers
 */
export function createOperationsRouter(
  checkReadiness: () => Promise<ReadinessCheck[]>,
  isOperator: (request: Request) => boolean,
): Router {
  const router = Router()
  router
    .route("/healthz")
    .get((_request, response) => {
      response.json({ status: "ok" })
    })
    .all(allowOnly("GET", "HEAD"))
  router
    .route("/readyz")
    .get(async (request, response) => {
      response.setHeader("Cache-Control", "no-store")
      try {
        const checks = await checkReadiness()
        response.json({ status: "ready", ...(isOperator(request) && { checks }) })
      } catch (thrown) {
        if (isOperator(request)) throw thrown
        const error = toAppError(thrown, "internal_error")
        request.log.error({ ...describeRequest(request), code: error.code, err: error }, "not ready")
        response.status(503).json({ status: "not ready" })
      }
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}

/** Refuses requests on kept-alive connections while stopping, to move clients to the next process. */
export function refuseWhileStopping(lifetime: Lifetime): RequestHandler {
  return checkRequest((_request, response) => {
    if (!lifetime.stopping) return
    response.setHeader("Connection", "close")
    throw new AppError("shutting_down")
  })
}

interface AtlasSettings {
  baseUrl: URL
  /** The number of peerings Atlas allows per project. */
  peersPerProject: number
  isDemo: boolean
}

export function createInstallationHandlers({ baseUrl, peersPerProject, isDemo }: AtlasSettings) {
  const installation: Installation = {
    atlasHost: baseUrl.host,
    realAtlas: isRealAtlas(baseUrl),
    peersPerProject,
    ...(isDemo && { demo: true }),
  }
  return { installation: { get: () => installation } } satisfies ApiHandlers<Routes, "installation">
}

/** Answers what the sign-in page says, to anybody. */
export function createSignInInfoHandlers({
  atlas,
  signIn,
}: {
  atlas: { baseUrl: URL }
  signIn: { issuer: string; organisation: string | null }
}) {
  const info: Omit<SignInInfo, "isSignedIn"> = {
    organisation: signIn.organisation,
    providerHost: new URL(signIn.issuer).host,
    isDemo: !isRealAtlas(atlas.baseUrl),
  }
  return {
    signInInfo: { get: ({ request }) => ({ ...info, isSignedIn: request.session.signedIn !== undefined }) },
  } satisfies ApiHandlers<Routes, "signInInfo">
}

/** A simulated Atlas runs on this machine, and the configuration refuses hosts that are not Atlas's or named by the operator. */
function isRealAtlas({ hostname }: URL): boolean {
  return !isLoopbackHost(hostname)
}
