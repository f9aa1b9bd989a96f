import * as z from "zod/mini"
import { AtlasPeer } from "./atlas-peer.ts"
import { Container } from "./container.ts"
import { ProblemCode } from "./problem.ts"
import { Project } from "./project.ts"

/** What of one project takes up addresses. */
export const ProjectAddresses = z.object({
  project: Project,
  containers: z.array(Container),
  peers: z.array(AtlasPeer),
  /** Null when peering-only mode could not be read, or was not asked for. */
  privateIpMode: z.nullable(z.boolean()),
  /** When its lists were read, ISO 8601; null when they never were. */
  readAt: z.nullable(z.string()),
  /** Why some list is missing or old; null when all are there. */
  problem: z.nullable(ProblemCode),
})
export type ProjectAddresses = z.infer<typeof ProjectAddresses>

/** `GET /api/address-space`: every project that the person may see; lists are at most a minute old. */
export const AddressSpace = z.object({ projects: z.array(ProjectAddresses) })
export type AddressSpace = z.infer<typeof AddressSpace>
