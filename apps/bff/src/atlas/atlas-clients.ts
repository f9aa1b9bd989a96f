import type { Project } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { systemClock } from "#base/clock.ts"
import {
  buildProjectCalls,
  createAtlasClient,
  type AtlasClient,
  type AtlasClientOptions,
  type AtlasKeyClient,
} from "./atlas-client.ts"
import type { AtlasCredential } from "#atlas/auth/atlas-credential.ts"
import { KeyInUse } from "./key-in-use.ts"
import { KeyRing } from "./key-ring.ts"

/** Client over all credentials. Each call uses the one that serves the project. */
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
}

/** A project that no key is known to see makes us list projects at most this often. */
const listAgainAfterMs = 30_000

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

  return {
    listProjects,
    ...buildProjectCalls(ask),
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
