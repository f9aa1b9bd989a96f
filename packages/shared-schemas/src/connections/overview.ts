import * as z from "zod/mini"
import { Container } from "#atlas/container.ts"
import { ProviderName } from "#clouds/provider.ts"
import { attentionGroups } from "./attention-groups.ts"
import { InventoryPeering, ListFacts, TimeInState } from "./inventory.ts"
import { Watch } from "./peering.ts"
import { ProblemCode } from "./problem.ts"
import { Project } from "./project.ts"

export const AttentionGroup = z.enum(attentionGroups)
export type AttentionGroup = z.infer<typeof AttentionGroup>

/** One connection with what a list shows of its project. */
export const ListRow = z.object({
  project: Project,
  peering: InventoryPeering,
  container: z.nullable(Container),
  /** When its state was last read, after a poll that failed; null while it is fresh. */
  staleSince: z.nullable(z.string()),
  /** As in `ListFacts`, as far as it is about this connection. */
  ...ListFacts.shape,
  /** Once Atlas no longer lists it: who deleted it here, and why; null when it was deleted elsewhere. */
  deletion: z.optional(z.object({ by: z.nullable(z.string()), reason: z.nullable(z.string()) })),
})
export type ListRow = z.infer<typeof ListRow>

/** The query of `GET /api/connections`, as in the address of the list. A word without a meaning counts as left out. */
export const ConnectionQuery = z.object({
  /** `attention`, `declined`, `expiring` or `mine`. */
  view: z.optional(z.string()),
  /** Words that all occur in its values; an address or block also finds what shares addresses with it. */
  q: z.optional(z.string().check(z.maxLength(200, "Use at most 200 characters"))),
  /** The id of a project. */
  project: z.optional(z.string()),
  /** `AWS`, `GCP` or `AZURE`. */
  cloud: z.optional(z.string()),
  /** For instance `action-required`; only `deleted` lists what Atlas no longer has. */
  status: z.optional(z.string()),
  /** The region of the Atlas container. */
  region: z.optional(z.string()),
  /** `status`, `name`, `network`, `cidr`, `container` or `since`. */
  sort: z.optional(z.string()),
  /** `desc` turns the order round. */
  dir: z.optional(z.string()),
  /** `next` of the page before. */
  after: z.optional(z.string()),
  /** Number of rows, 1 to 500; otherwise 50. */
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|[1-4]\d\d|500)$/, "A number from 1 to 500"))),
})

/** `GET /api/connections`: one page of the connections that fit. Its size does not grow with their number. */
export const ConnectionPage = z.object({
  rows: z.array(ListRow),
  /** How many fit in each view. */
  counts: z.object({
    all: z.number(),
    attention: z.number(),
    declined: z.number(),
    expiring: z.number(),
    mine: z.number(),
  }),
  /** How many fit each of your saved views, by its id; without the views of deleted connections. */
  savedCounts: z.record(z.string(), z.number()),
  /** The regions of all containers with connections. */
  regions: z.array(z.string()),
  /** Leads to the next page; null after the last. */
  next: z.nullable(z.string()),
})
export type ConnectionPage = z.infer<typeof ConnectionPage>

/** How the connection lists of some projects were read. */
export const ReadState = z.object({
  /** Projects of which Atlas was asked for a list. */
  projectCount: z.number(),
  /** When the list that was read longest ago was read; null without any, or while one was never read. */
  oldestAt: z.nullable(z.string()),
  /** What Atlas did not answer last; null when it answered everything. */
  failing: z.nullable(
    z.object({
      projectCount: z.number(),
      providerNames: z.array(ProviderName),
      /** True when no list can be read. */
      isEverything: z.boolean(),
      /** As above, for the lists that fail. */
      oldestAt: z.nullable(z.string()),
    }),
  ),
})
export type ReadState = z.infer<typeof ReadState>

/** A project with lists that could not be read. */
export const UnreadProject = z.object({
  project: Project,
  watches: z.array(Watch),
  containersProblem: z.nullable(ProblemCode),
})
export type UnreadProject = z.infer<typeof UnreadProject>

export const OverviewProject = z.object({
  id: z.string(),
  name: z.string(),
  /** False until a list of its connections was read: the counts are then unknown. */
  isRead: z.boolean(),
  used: z.number(),
  /** Unfinished connections. */
  pending: z.number(),
  /** Connections on which a person must act. */
  attention: z.number(),
  unusedContainers: z.number(),
})
export type OverviewProject = z.infer<typeof OverviewProject>

/** `GET /api/overview`: the state of all projects that the person may see. Its size does not grow with the number of connections. */
export const Overview = z.object({
  projectCount: z.number(),
  /** Connections in all projects, and those in some states. */
  counts: z.object({
    all: z.number(),
    you: z.number(),
    broken: z.number(),
    failed: z.number(),
    works: z.number(),
  }),
  /** Connections on which the person must act now, in projects where they may. Others wait for their network's owner. */
  needYou: z.number(),
  /** Every group with its number, and the first of it: 14 rows in all. The list of connections has the others. */
  worklist: z.array(z.object({ name: AttentionGroup, count: z.number(), rows: z.array(ListRow) })),
  /** The ones that need most attention, then the fullest: 100 at most. */
  projects: z.array(OverviewProject),
  /** How many projects could not be read whole, with the first five. */
  unread: z.object({ count: z.number(), projects: z.array(UnreadProject) }),
  reads: ReadState,
  /** Atlas's limits on a project's connections, and on its unfinished ones. */
  limits: z.object({ most: z.number(), mostPending: z.number() }),
  timesInState: z.array(TimeInState),
})
export type Overview = z.infer<typeof Overview>
