import * as z from "zod/mini"
import { AtlasPeer } from "#atlas/atlas-peer.ts"
import { Container } from "#atlas/container.ts"
import { ProblemCode } from "./problem.ts"
import { Project } from "./project.ts"
import { providerNames } from "#clouds/provider-names.ts"

/** The lists that tell what of a project takes up addresses: its containers, and the connections of each cloud. */
export const AddressList = z.enum(["containers", ...providerNames])
export type AddressList = z.infer<typeof AddressList>

/** The address allocation of one project. */
export const ProjectAddresses = z.object({
  project: Project,
  containers: z.array(Container),
  peers: z.array(AtlasPeer),
  /** Null when peering-only mode could not be read, or was not asked for. */
  privateIpMode: z.nullable(z.boolean()),
  /** When the oldest of its lists was read, ISO 8601; null when none ever was. */
  readAt: z.nullable(z.string()),
  /** Why some list is missing or old; null when all are there. */
  problem: z.nullable(ProblemCode),
  /** Lists that were never read, so that nobody knows what is in them; left out when empty. */
  unread: z.optional(z.array(AddressList)),
})
export type ProjectAddresses = z.infer<typeof ProjectAddresses>

/**
 * `GET /api/address-space?project=…`: every project that the person may see. The lists of the named project are at most ten seconds
 * old, those of the others a minute.
 */
export const AddressSpace = z.object({ projects: z.array(ProjectAddresses) })
export type AddressSpace = z.infer<typeof AddressSpace>

/** The query parameters of `GET /api/address-space`: the project to read again; the others may be older. */
export const AddressSpaceQuery = z.object({ project: z.optional(z.string()) })
