import { writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { ownerKey } from "@peering-desk/atlas-simulator"
import { routes } from "@peering-desk/shared-schemas"
import { listen } from "@peering-desk/test-support/listen"
import express from "express"
import { createAtlasClient } from "#atlas/atlas-client.ts"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { createChanges } from "#changes/engine/change-look-ups.ts"
import type { LookUpTiming } from "#changes/engine/look-up-timing.ts"
import { createKinds } from "#changes/kinds.ts"
import { createPeeringHandlers } from "#changes/peering-routes.ts"
import { readConfig } from "#config.ts"
import { createApiRouter } from "#http/api-router.ts"
import { createJsonBodyReader } from "#http/json-body.ts"
import { writeProblem } from "#http/problem-writer.ts"
import { logRequests } from "#http/request-log.ts"
import { createServices } from "#services.ts"
import { requireUser } from "#sign-in/require-user.ts"

/** Starts a waiting server. */
export interface StartMessage {
  dataDirectory: string
  atlasOrigin: string
  atlasTimeoutMs: number
  peersPerProject: number
  timing: LookUpTiming
}

const clock = systemClock
const logger = createLogger("silent")

/** Starts the part of the server that creates peerings, with a person signed in. */
async function serve(message: StartMessage): Promise<number> {
  const { dataDirectory, atlasOrigin, atlasTimeoutMs, timing } = message
  const accessRules = join(dataDirectory, "access-rules.json")
  writeFileSync(accessRules, '{"rules":[]}')
  const config = readConfig({
    DATA_DIR: dataDirectory,
    ACCESS_RULES_FILE: accessRules,
    ATLAS_BASE_URL: atlasOrigin,
    ATLAS_PUBLIC_KEY: ownerKey.publicKey,
    ATLAS_PRIVATE_KEY: ownerKey.privateKey,
    ATLAS_PEERS_PER_PROJECT: String(message.peersPerProject),
    OIDC_ISSUER: "https://issuer.example",
    OIDC_CLIENT_ID: "peering-desk",
    OIDC_CLIENT_SECRET: "a-client-secret",
    SESSION_SECRET: "a session secret that is long enough to be one",
    AUDIT_TO_STDOUT: "off",
  })
  const services = await createServices({ config, clock, logger })
  const atlas = createAtlasClient({
    baseUrl: atlasOrigin,
    apiVersion: "v1.0",
    credential: ownerKey,
    timeoutMs: atlasTimeoutMs,
    logger,
  })
  const kinds = createKinds({ ...services, atlas })
  const { changes, changeLookUps } = createChanges({
    ...services,
    kinds: Object.values(kinds),
    timing,
    realClock: clock,
  })
  changeLookUps.start()

  const app = express()
  app.use(logRequests(logger))
  app.use((request, _response, next) => {
    const identity = { issuer: "https://issuer.example", subject: "nadia", name: "Nadia", email: null }
    const signedIn = { identity, claims: {}, signedInAt: 0 }
    Object.assign(request, { session: { signedIn }, sessionID: "" })
    next()
  })
  app.use(requireUser(services.ruleBook, services.sessions))
  const handlers = createPeeringHandlers({ ...services, atlas, kinds, changes })
  app.use(createApiRouter(routes, handlers, { guard: () => [], readBody: createJsonBodyReader(64) }))
  app.use(writeProblem)
  return (await listen(createServer(app))).port
}

process.once("message", (message: StartMessage) => {
  void serve(message).then((port) => process.send?.(port))
})
// Its parent process is gone.
process.once("disconnect", () => process.exit())
process.send?.("waiting")
