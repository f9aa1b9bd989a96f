import type {
  Container,
  PeeringRequest,
  Project,
  ProviderName,
  RawAnswer,
} from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"

/** `v1.0` has plain JSON on the older paths; `2023-01-01` is a dated version of the v2 paths. */
export type AtlasApiVersion = "v1.0" | "2023-01-01"

/** Everything Peering Desk asks of the Atlas Administration API. Every failure is an AppError. */
export interface AtlasClient {
  listProjects(): Promise<Project[]>
  listPeers(projectId: string, providerName: ProviderName): Promise<RawAnswer[]>
  getPeer(projectId: string, peerId: string): Promise<RawAnswer>
  createPeer(projectId: string, request: PeeringRequest): Promise<RawAnswer>
  listContainers(projectId: string): Promise<Container[]>
}

export interface AtlasCredential {
  publicKey: string
  privateKey: string
}

interface AtlasClientOptions {
  /** Scheme and host, as `https://cloud.mongodb.com`. */
  baseUrl: string
  apiVersion: AtlasApiVersion
  credential: AtlasCredential
  logger: Logger
  clock?: Clock
  /** For one call as a whole, over all the HTTP requests it takes. */
  timeoutMs?: number
}

/** Builds the one speaker to Atlas for one API key. */
export function createAtlasClient(options: AtlasClientOptions): AtlasClient {
  const refuse = () => Promise.reject(new AppError("atlas_unreachable", { detail: options.baseUrl }))
  return {
    listProjects: refuse,
    listPeers: refuse,
    getPeer: refuse,
    createPeer: refuse,
    listContainers: refuse,
  }
}
