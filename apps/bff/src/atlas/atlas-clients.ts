import type { Project } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { systemClock } from "#base/clock.ts"
import {
  createAtlasClient,
  type AtlasClient,
  type AtlasClientOptions,
  type AtlasKeyClient,
} from "./atlas-client.ts"
import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { KeyInUse } from "./key-in-use.ts"
import { KeyRing } from "./key-ring.ts"

/** Client over all credentials. Each call uses the one that serves the project, and is refused while Atlas wants a pause. */
export interface AtlasClients extends AtlasClient {
  /** Returns the credentials in use, in the order of the configuration. */
  keys(): readonly KeyInUse[]
  /** Returns the credential for a project; null when none serves it, or none is known to see it yet. */
  keyFor(projectId: string): KeyInUse | null
  /** Lists projects with a credential that is not in use, once. Throws AppError. */
  tryCredential(credential: AtlasCredential): Promise<void>
  /**
   * Replaces the credentials for calls that begin from now on. Calls under way end with the credential they began with.
   * @returns resolves when the last of these has ended and the old credentials may be revoked
   */
  replaceCredentials(next: readonly AtlasCredential[]): Promise<void>
}

type AtlasClientsOptions = Omit<AtlasClientOptions, "credential"> & {
  credentials: readonly AtlasCredential[]
  /** Obeys what Atlas says of its limits; without it nobody does. */
  paces?: Paces
}

interface Paces {
  /** Runs a call about a project, or about all with an empty id, unless Atlas wants none. */
  run: <T>(projectId: string, call: () => Promise<T>) => Promise<T>
  /** Called with each list of peerings, to ask for the limit of the project now and then. */
  learnLimit: (projectId: string, read: () => Promise<number | null>) => void
}

const noPaces: Paces = { run: (_projectId, call) => call(), learnLimit: () => undefined }

/** A project that no key is known to see makes us list projects at most this often. */
const listAgainAfterMs = 30_000

/** Builds one client over many credentials. */
export function createAtlasClients({ credentials, ...options }: AtlasClientsOptions): AtlasClients {
  const { clock = systemClock, logger, paces = noPaces } = options
  const start = (credential: AtlasCredential) =>
    new KeyInUse(
      credential,
      createAtlasClient({
        ...options,
        credential: credential.reveal(),
        logger: logger.child({ credential: credential.label }),
      }),
    )
  let ring = new KeyRing(credentials.map(start))
  let listing: Promise<unknown> | null = null
  let listedAt = Number.NEGATIVE_INFINITY

  async function listProjects(): Promise<Project[]> {
    const failures: unknown[] = []
    const asked = ring
    const seen = await Promise.all(
      asked.keys.map(async (key) => {
        const projects = await key
          .run((client) => client.listProjects())
          .catch((failure: unknown) => {
            failures.push(failure)
            if (!(failure instanceof AppError)) throw failure
            const { label } = key.credential
            logger.warn(
              { credential: label, code: failure.code },
              "Could not list the projects of an Atlas credential",
            )
            return null
          })
        return { key, projects }
      }),
    )
    if (failures.length > 0 && failures.length === seen.length) throw failures[0]
    listedAt = clock.elapsed()
    return asked.join(seen)
  }

  /** Awaits nothing between choosing a key and using it, so a replaced key is never used. */
  async function ask<T>(projectId: string, work: (client: AtlasKeyClient) => Promise<T>): Promise<T> {
    const known = ring.find(projectId)
    if (known !== undefined) return known.run(work)
    if (ring.lastResort !== undefined && clock.elapsed() - listedAt >= listAgainAfterMs) {
      listing ??= listProjects().finally(() => {
        listing = null
      })
      // If that fails, the call itself fails too and says why.
      await listing.catch(() => undefined)
    }
    const key = ring.find(projectId) ?? ring.lastResort
    if (key !== undefined) return key.run(work)
    throw new AppError("project_not_found", {
      detail: "No Atlas credential of this installation serves this project.",
    })
  }

  function keep(next: AtlasCredential): KeyInUse {
    const same = ring.keys.find(
      ({ credential }) => credential.label === next.label && credential.signsLike(next),
    )
    return same === undefined ? start(next) : same.serving(next)
  }

  const calls = buildProjectCalls((projectId, call) => paces.run(projectId, () => ask(projectId, call)))
  return {
    ...calls,
    listProjects: () => paces.run("", listProjects),
    async listPeers(projectId, providerName) {
      const peers = await calls.listPeers(projectId, providerName)
      paces.learnLimit(projectId, () => ask(projectId, (client) => client.readPeeringLimit(projectId)))
      return peers
    },
    // Their limit is the organization's, so it says nothing about calls of the project.
    listResourcePolicies: (projectId) => ask(projectId, (client) => client.listResourcePolicies(projectId)),
    keys: () => ring.keys,
    keyFor: (projectId) => ring.find(projectId) ?? null,
    async tryCredential(credential) {
      await start(credential).run((client) => client.listProjects())
    },
    async replaceCredentials(next) {
      const before = ring
      ring = new KeyRing(next.map(keep), before)
      await Promise.all(before.keys.map((key) => key.whenIdle()))
    },
  }
}

/** Builds the calls about a project from one function, which runs each with the client that it chooses. */
function buildProjectCalls(
  run: <T>(projectId: string, call: (client: AtlasClient) => Promise<T>) => Promise<T>,
): Omit<AtlasClient, "listProjects" | "listResourcePolicies"> {
  return {
    listPeers: (id, providerName) => run(id, (client) => client.listPeers(id, providerName)),
    getPeer: (id, peerId) => run(id, (client) => client.getPeer(id, peerId)),
    createPeer: (id, request) => run(id, (client) => client.createPeer(id, request)),
    changePeer: (id, peerId, fields) => run(id, (client) => client.changePeer(id, peerId, fields)),
    deletePeer: (id, peerId) => run(id, (client) => client.deletePeer(id, peerId)),
    listContainers: (id) => run(id, (client) => client.listContainers(id)),
    createContainer: (id, container) => run(id, (client) => client.createContainer(id, container)),
    deleteContainer: (id, providerName, containerId) =>
      run(id, (client) => client.deleteContainer(id, providerName, containerId)),
    readPrivateIpMode: (id) => run(id, (client) => client.readPrivateIpMode(id)),
    changePrivateIpMode: (id, enabled) => run(id, (client) => client.changePrivateIpMode(id, enabled)),
    listAccessList: (id) => run(id, (client) => client.listAccessList(id)),
    addToAccessList: (id, entry) => run(id, (client) => client.addToAccessList(id, entry)),
    listClusters: (id) => run(id, (client) => client.listClusters(id)),
    readAwsCustomDns: (id) => run(id, (client) => client.readAwsCustomDns(id)),
    changeAwsCustomDns: (id, enabled) => run(id, (client) => client.changeAwsCustomDns(id, enabled)),
    listEvents: (id, period) => run(id, (client) => client.listEvents(id, period)),
    readPeeringLimit: (id) => run(id, (client) => client.readPeeringLimit(id)),
    readAccessListStatus: (id, entry) => run(id, (client) => client.readAccessListStatus(id, entry)),
  }
}
