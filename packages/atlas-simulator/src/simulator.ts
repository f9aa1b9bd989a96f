import { setMaxListeners } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

import type { Express, NextFunction, Request, Response } from "express"
import express from "express"

import { createAccessListEndpoints } from "#resources/access-list.ts"
import type { ApiKey } from "#auth/api-keys.ts"
import { createKeyRing } from "#auth/api-keys.ts"
import { createAtlasApi } from "./atlas-api.ts"
import { createCalls } from "#faults/calls.ts"
import type { RealTime } from "#world/clock.ts"
import { createClock } from "#world/clock.ts"
import { createContainerEndpoints } from "#resources/containers.ts"
import { createControlApi } from "#console/control-api.ts"
import type { Control } from "#console/control.ts"
import { createControl } from "#console/control.ts"
import { createKeeper, readDataFile } from "#world/data-file.ts"
import { createDemoKeys, demoServiceAccount } from "#auth/demo-credentials.ts"
import type { UriCheck } from "#auth/digest-verifier.ts"
import type { Durations } from "#world/durations.ts"
import { defaultDurations } from "#world/durations.ts"
import type { Simulation } from "#resources/endpoint.ts"
import { createFaults } from "#faults/faults.ts"
import type { Gate } from "#auth/gate.ts"
import { createGroupEndpoints } from "#resources/groups.ts"
import { createIdentifiers } from "#world/identifiers.ts"
import { createNonces } from "#auth/nonces.ts"
import { createPeerEndpoints } from "#resources/peers.ts"
import { createPrivateIpModeEndpoints } from "#resources/private-ip-mode.ts"
import type { Limits } from "#auth/rate-limits.ts"
import { createRateLimiter, defaultLimits } from "#auth/rate-limits.ts"
import type { Scenario } from "#world/scenarios.ts"
import { plantWorld } from "#world/scenarios.ts"
import type { World } from "#world/world.ts"
import type { ServiceAccount } from "#auth/service-accounts.ts"
import { createAccessTokens } from "#auth/service-accounts.ts"
import { createServing } from "#faults/serving.ts"
import { answerTokenRequest } from "#auth/token-endpoint.ts"

/** How a stand-in can differ from the default one; everything may be left out. */
export type SimulatorOptions = {
  scenario?: Scenario
  /**
   * A file the world and its time are kept in. What is there goes before `scenario` and `startAt`; a missing one is
   * made. Keys, faults, counts and the speed are not kept.
   */
  dataFile?: string
  /** Same seed, same ids. */
  seed?: string
  /** Simulated seconds that pass in a real one; 0 stands still. */
  speed?: number
  /** Simulated time at the beginning, in milliseconds; now by default. */
  startAt?: number
  /** Real time for nonces, tokens, limits and counts, and what the simulated clock runs on. */
  realTime?: RealTime
  keys?: readonly ApiKey[]
  serviceAccounts?: readonly ServiceAccount[]
  durations?: Partial<Durations>
  limits?: Partial<Limits>
  /** Peers every project may have, whatever its scenario or the data file says. */
  peerLimit?: number
  /** Of them unfinished, 25 by default: nothing documented raises one limit with the other. */
  pendingLimit?: number
  nonceLifeMs?: number
  uriCheck?: UriCheck
  malformedContainerIdStatus?: 400 | 500
}

export type Simulator = Control & {
  app: Express
  /** Listens on loopback unless told otherwise; port 0 picks a free one. Rejects with the server's error or DataFileError. */
  listen: (options?: { port?: number; host?: string }) => Promise<{ origin: string; port: number }>
  /** Stops at once, open connections and delayed answers included; rejects when the data file cannot be written. */
  close: () => Promise<void>
}

/**
 * Creates a stand-in for the Atlas Administration API; nothing runs and nothing listens until `listen`. Throws
 * DataFileError when there is a data file and it cannot be used.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const realTime = options.realTime ?? Date.now
  const seed = options.seed ?? "peering-desk"
  const durations = { ...defaultDurations, ...options.durations }
  const kept = options.dataFile === undefined ? null : readDataFile(options.dataFile)
  const startAt = kept?.now ?? options.startAt ?? realTime()
  const clock = createClock({ realTime, startAt, speed: options.speed ?? 1 })
  const plant = (scenario: Scenario) => plantWorld({ scenario, seed, now: clock.now(), durations })
  const withLimit = (one: World) => {
    for (const project of one.projects) project.peerLimit = options.peerLimit ?? project.peerLimit
    return one
  }
  let world = withLimit(kept?.world ?? plant(options.scenario ?? "demo"))
  const identifiers = createIdentifiers(seed, kept?.idPosition)
  const readKept = () => ({ now: clock.now(), idPosition: identifiers.position(), world })
  const { keep } = options.dataFile === undefined ? { keep() {} } : createKeeper(options.dataFile, readKept)

  const simulation: Simulation = {
    clock,
    durations,
    identifiers,
    malformedContainerIdStatus: options.malformedContainerIdStatus ?? 400,
    pendingLimit: options.pendingLimit ?? 25,
    world: () => world,
  }
  const gate: Gate = {
    keys: createKeyRing(options.keys ?? createDemoKeys()),
    tokens: createAccessTokens(options.serviceAccounts ?? [demoServiceAccount], realTime),
    nonces: createNonces({ realTime, lifeMs: options.nonceLifeMs ?? 60_000 }),
    uriCheck: options.uriCheck ?? "exact",
    limits: { ...defaultLimits, ...options.limits },
    limiter: createRateLimiter(realTime),
  }
  const faults = createFaults()
  const calls = createCalls(realTime)
  let stopping = createStopping()

  function startOver(scenario: Scenario) {
    stopping.abort()
    stopping = createStopping()
    clock.restart(options.startAt ?? realTime())
    identifiers.restart()
    gate.nonces.forgetAll()
    gate.tokens.forgetAll()
    gate.limiter.clear()
    world = withLimit(plant(scenario))
  }

  const control = createControl({
    clock,
    durations,
    faults,
    calls,
    gate,
    world: () => world,
    startOver,
    keep,
  })
  const serve = createServing({ gate, faults, calls, stopping: () => stopping.signal, keep })
  const answer = createAtlasApi(simulation, gate, [
    ...createGroupEndpoints(simulation),
    ...createPeerEndpoints(simulation),
    ...createContainerEndpoints(simulation),
    ...createPrivateIpModeEndpoints(),
    ...createAccessListEndpoints(simulation),
  ])

  const app = express()
  app.disable("x-powered-by")
  app.disable("etag")
  app.use("/simulator", createControlApi(control))
  app.post("/api/oauth/token", (request, response) =>
    serve(request, response, () => answerTokenRequest(gate, request, response)),
  )
  app.use("/api/atlas", (request, response) => serve(request, response, answer))
  app.use((request, response) => {
    response.status(404).json({ error: `there is no ${request.method} ${request.path} here` })
  })
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent || isAbort(error)) response.destroy()
    else response.status(500).json({ error: "the simulator itself failed", detail: String(error) })
  })

  const server = createServer(app)
  return {
    ...control,
    app,
    listen: ({ port = 0, host = "127.0.0.1" } = {}) =>
      new Promise((resolve, reject) => {
        server.once("error", reject)
        server.listen(port, host, () => {
          server.off("error", reject)
          try {
            // Only once the port is ours: whoever holds it may hold the file too.
            keep(true)
          } catch (error) {
            server.close()
            return reject(error)
          }
          const { port: bound } = server.address() as AddressInfo
          resolve({ origin: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, port: bound })
        })
      }),
    close: () =>
      new Promise<void>((resolve) => {
        stopping.abort()
        server.close(() => resolve())
        server.closeAllConnections()
      }).then(() => keep(true)),
  }
}

function createStopping(): AbortController {
  const stopping = new AbortController()
  // Any number of delayed answers may wait for it.
  setMaxListeners(0, stopping.signal)
  return stopping
}

const isAbort = (error: unknown) => error instanceof Error && error.name === "AbortError"
