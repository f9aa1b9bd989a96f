import { setMaxListeners } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Express } from "express"
import { createKeyRing, type ApiKey } from "#auth/api-keys.ts"
import { createDemoKeys, demoServiceAccount, ownerKey } from "#auth/demo-credentials.ts"
import type { Gate } from "#auth/gate.ts"
import { createNonces } from "#auth/nonces.ts"
import { createRateLimiter, defaultLimits, type Limits } from "#auth/rate-limits.ts"
import { createAccessTokens, type ServiceAccount } from "#auth/service-accounts.ts"
import { createResourcePolicyEndpoints } from "#auth/resource-policy-endpoints.ts"
import { answerRevocation, answerTokenRequest } from "#auth/token-endpoint.ts"
import { createAws } from "#aws/aws-api.ts"
import { createControl, type Control } from "#console/control.ts"
import { createCalls } from "#faults/calls.ts"
import { createFaults } from "#faults/faults.ts"
import { createServing } from "#faults/serving.ts"
import { createAccessListEndpoints } from "#resources/access-list.ts"
import { createAwsCustomDnsEndpoints } from "#resources/aws-custom-dns.ts"
import { createClusterEndpoints } from "#resources/clusters.ts"
import { createContainerEndpoints } from "#resources/containers.ts"
import type { Simulation } from "#resources/endpoint.ts"
import { createEventEndpoints } from "#auth/event-endpoints.ts"
import { createGroupEndpoints } from "#resources/groups.ts"
import { createPeerEndpoints } from "#resources/peers.ts"
import { createPrivateIpModeEndpoints } from "#resources/private-ip-mode.ts"
import { createServiceAccountEndpoints } from "#auth/service-account-endpoints.ts"
import { createRateLimitEndpoints } from "#resources/rate-limit-sets.ts"
import { createClock, type RealTime } from "#world/clock.ts"
import { createSaver, readDataFile } from "#world/data-file.ts"
import { defaultDurations, type Durations } from "#world/durations.ts"
import { createIdentifiers } from "#world/identifiers.ts"
import { advanceProject } from "#world/peer-lifecycle.ts"
import { buildWorld } from "#world/scenarios.ts"
import type { Scenario, World } from "#world/world.ts"
import { createApp } from "./app.ts"
import { createAtlasApi, type Served } from "./atlas-api.ts"

/** Differences from the default simulator. */
export type SimulatorOptions = {
  scenario?: Scenario
  /**
   * A file that keeps the world and its time. An existing file overrides `scenario` and `startAt`; a missing one is
   * created. It does not keep keys, faults, counts and the speed.
   */
  dataFile?: string
  /** The same seed gives the same ids. */
  seed?: string
  /** Simulated seconds per real second; 0 stops time. */
  speed?: number
  /** Simulated time at the beginning, in milliseconds; now by default. */
  startAt?: number
  /** Real time for nonces, tokens, limits and counts, and the base of the simulated clock. */
  realTime?: RealTime
  keys?: readonly ApiKey[]
  serviceAccounts?: readonly ServiceAccount[]
  durations?: Partial<Durations>
  limits?: Partial<Omit<Limits, "v2">> & { v2?: Partial<Limits["v2"]> }
  /** Peers per project; overrides the scenario and the data file. */
  peerLimit?: number
  /** Unfinished peers per project, 25 by default: no document says that one limit raises the other. */
  pendingLimit?: number
  /** Called as soon as a request is carried out, before a fault can lose its answer. */
  onServed?: (served: Served) => void
}

export type Simulator = Control & {
  app: Express
  /**
   * Listens on loopback by default, for Atlas on one port and for AWS on another; port 0 picks a free port. Rejects with the server's
   * error or DataFileError.
   */
  listen: (options?: {
    port?: number
    awsPort?: number
    host?: string
  }) => Promise<{ origin: string; port: number; awsUrl: string }>
  /** Stops at once and breaks open connections and delayed answers. Rejects when the data file cannot be written. */
  close: () => Promise<void>
}

/**
 * Creates a stand-in for the Atlas Administration API; nothing runs until `listen`. Throws DataFileError for a data
 * file that cannot be used.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { realTime = Date.now, seed = "peering-desk", dataFile } = options
  const durations = { ...defaultDurations, ...options.durations }
  const saved = dataFile === undefined ? null : readDataFile(dataFile)
  const startAt = saved?.now ?? options.startAt ?? realTime()
  const clock = createClock({ realTime, startAt, speed: options.speed ?? 1 })
  const identifiers = createIdentifiers(seed, saved?.idPosition)
  const withLimit = (one: World) => {
    for (const project of one.projects) project.peerLimit = options.peerLimit ?? project.peerLimit
    return one
  }
  const startWorld = (scenario: Scenario) =>
    withLimit(buildWorld({ scenario, seed, now: clock.now(), durations }))
  let world = saved === null ? startWorld(options.scenario ?? "demo") : withLimit(saved.world)
  const readState = () => ({ now: clock.now(), idPosition: identifiers.position(), world })
  const save = dataFile === undefined ? () => {} : createSaver(dataFile, readState)

  const simulation: Simulation = {
    clock,
    durations,
    identifiers,
    pendingLimit: options.pendingLimit ?? 25,
    azureRoles: new Map(),
    world: () => world,
  }
  const gate: Gate = {
    keys: createKeyRing(options.keys ?? createDemoKeys(ownerKey, options.scenario)),
    tokens: createAccessTokens(options.serviceAccounts ?? [demoServiceAccount], realTime, clock.now),
    nonces: createNonces(realTime),
    limits: { ...defaultLimits, ...options.limits, v2: { ...defaultLimits.v2, ...options.limits?.v2 } },
    limiter: createRateLimiter(realTime),
  }
  const faults = createFaults()
  const calls = createCalls(realTime)
  let stopping = createStopping()
  const aws = createAws({
    realTime,
    faults,
    readWorld() {
      for (const project of world.projects) advanceProject(project, clock.now(), durations)
      return world
    },
    stopping: () => stopping.signal,
  })

  function startOver(scenario: Scenario) {
    stopping.abort()
    stopping = createStopping()
    clock.restart(options.startAt ?? realTime())
    identifiers.restart()
    gate.nonces.forgetAll()
    gate.tokens.forgetAll()
    gate.limiter.clear()
    simulation.azureRoles.clear()
    aws.startOver()
    world = startWorld(scenario)
  }

  const serve = createServing({ gate, faults, calls, stopping: () => stopping.signal, save })
  const endpoints = [
    ...createGroupEndpoints(simulation),
    ...createPeerEndpoints(simulation),
    ...createContainerEndpoints(simulation),
    ...createPrivateIpModeEndpoints(),
    ...createAccessListEndpoints(simulation),
    ...createClusterEndpoints(),
    ...createEventEndpoints(),
    ...createAwsCustomDnsEndpoints(),
    ...createServiceAccountEndpoints(gate.tokens),
    ...createResourcePolicyEndpoints(simulation),
  ]
  const withLimits = [...endpoints, ...createRateLimitEndpoints(simulation, endpoints, gate.limits.v2)]
  const { answer, actAs } = createAtlasApi(simulation, gate, withLimits, options.onServed ?? (() => {}))
  const control = createControl({
    clock,
    durations,
    faults,
    calls,
    awsCalls: aws.calls,
    gate,
    azureRoles: simulation.azureRoles,
    world: () => world,
    actAs,
    startOver,
    save,
  })

  const app = createApp({
    control,
    answerToken: (request, response) =>
      serve(request, response, () => answerTokenRequest(gate, request, response)),
    answerRevocation: (request, response) =>
      serve(request, response, () => answerRevocation(gate, request, response)),
    answerAtlas: (request, response) => serve(request, response, answer),
  })
  const servers = { atlas: createServer(app), aws: createServer(aws.app) }
  return {
    ...control,
    app,
    async listen({ port = 0, awsPort = 0, host = "127.0.0.1" } = {}) {
      const atlas = await listenOn(servers.atlas, port, host)
      try {
        // Only once the port is ours: another process that holds it may use the file too.
        save(true)
        const { origin: awsUrl } = await listenOn(servers.aws, awsPort, host)
        return { ...atlas, awsUrl }
      } catch (error) {
        servers.atlas.close()
        throw error
      }
    },
    close: async () => {
      stopping.abort()
      await Promise.all(Object.values(servers).map(stopServer))
      save(true)
    },
  }
}

function listenOn(server: Server, port: number, host: string): Promise<{ origin: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, () => {
      server.off("error", reject)
      const { port: bound } = server.address() as AddressInfo
      resolve({ origin: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, port: bound })
    })
  })
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function createStopping(): AbortController {
  const stopping = new AbortController()
  // Any number of delayed answers may wait for it.
  setMaxListeners(0, stopping.signal)
  return stopping
}
