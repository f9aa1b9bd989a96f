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

/** One client over all credentials: every call goes to the one that serves the project. */
export interface AtlasClients extends AtlasClient {
  /** The credentials in use, as they were configured. */
  keys(): readonly KeyInUse[]
  /** The one that calls about a project go to; null when there is none, or it is not known yet which one sees the project. */
  keyFor(projectId: string): KeyInUse | null
  /**
   * Puts other credentials in the place of those in use. Calls that begin from now on use them, while those under way end with the
   * credential they began with.
   * @returns resolves when the last of those has ended, so that the old credentials may be revoked
   */
  replaceCredentials(next: readonly AtlasCredential[]): Promise<void>
}

type AtlasClientsOptions = Omit<AtlasClientOptions, "credential"> & {
  credentials: readonly AtlasCredential[]
}

/** Whoever asks for a project that no key sees makes us look for it no more often than this. */
const lookAgainAfterMs = 30_000

/** Builds one client over many credentials. */
export function createAtlasClients({ credentials, ...options }: AtlasClientsOptions): AtlasClients {
  const { clock = systemClock, logger } = options
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
  let looking: Promise<unknown> | null = null
  let lookedAt = Number.NEGATIVE_INFINITY

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
            logger.warn({ credential: label, code: failure.code }, "a credential can't list its projects")
            return null
          })
        return { key, projects }
      }),
    )
    if (failures.length > 0 && failures.length === seen.length) throw failures[0]
    lookedAt = clock.now()
    return asked.join(seen)
  }

  /** Nothing is awaited between the choice of a key and its use, so that no key is used after it was replaced. */
  async function ask<T>(projectId: string, work: (client: AtlasKeyClient) => Promise<T>): Promise<T> {
    const known = ring.find(projectId)
    if (known !== undefined) return known.run(work)
    if (ring.lastResort !== undefined && clock.now() - lookedAt >= lookAgainAfterMs) {
      looking ??= listProjects().finally(() => {
        looking = null
      })
      // When that fails, so will the call itself, and it says why.
      await looking.catch(() => undefined)
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

  return {
    listProjects,
    listPeers: (projectId, providerName) =>
      ask(projectId, (client) => client.listPeers(projectId, providerName)),
    getPeer: (projectId, peerId) => ask(projectId, (client) => client.getPeer(projectId, peerId)),
    createPeer: (projectId, request) => ask(projectId, (client) => client.createPeer(projectId, request)),
    changePeer: (projectId, peerId, fields) =>
      ask(projectId, (client) => client.changePeer(projectId, peerId, fields)),
    deletePeer: (projectId, peerId) => ask(projectId, (client) => client.deletePeer(projectId, peerId)),
    listContainers: (projectId) => ask(projectId, (client) => client.listContainers(projectId)),
    createContainer: (projectId, container) =>
      ask(projectId, (client) => client.createContainer(projectId, container)),
    deleteContainer: (projectId, providerName, containerId) =>
      ask(projectId, (client) => client.deleteContainer(projectId, providerName, containerId)),
    readPrivateIpMode: (projectId) => ask(projectId, (client) => client.readPrivateIpMode(projectId)),
    changePrivateIpMode: (projectId, enabled) =>
      ask(projectId, (client) => client.changePrivateIpMode(projectId, enabled)),
    listAccessList: (projectId) => ask(projectId, (client) => client.listAccessList(projectId)),
    addToAccessList: (projectId, entry) =>
      ask(projectId, (client) => client.addToAccessList(projectId, entry)),
    readAccessListStatus: (projectId, entry) =>
      ask(projectId, (client) => client.readAccessListStatus(projectId, entry)),
    keys: () => ring.keys,
    keyFor: (projectId) => ring.find(projectId) ?? null,
    async replaceCredentials(next) {
      const before = ring
      ring = new KeyRing(next.map(keep), before)
      await Promise.all(before.keys.map((key) => key.whenIdle()))
    },
  }
}
