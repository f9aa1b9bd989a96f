import { listFields } from "@peering-desk/peering-rules"
import { readFilter, type PageRequest } from "@peering-desk/shared-schemas"
import type { QueryClient, QueryKey } from "@tanstack/react-query"
import { activityQuery } from "#api/activity.ts"
import { approvalPolicyQuery, approvalsQuery } from "#api/approvals.ts"
import { auditQuery, auditStoryQuery, isEntryNumber } from "#api/audit.ts"
import { cloudAccountsQuery } from "#api/cloud-accounts.ts"
import { inboxQuery } from "#api/inbox.ts"
import { installationQuery } from "#api/installation.ts"
import { keysQuery } from "#api/keys.ts"
import { deliveriesQuery, mailChoiceQuery, notificationRoutesQuery } from "#api/notifications.ts"
import { openApprovalsQuery } from "#api/open-approvals.ts"
import { projectHandOffsQuery } from "#api/peerings/hand-off-links.ts"
import { connectionsQuery } from "#api/peerings/connections.ts"
import { managedKeysQuery } from "#api/peerings/managed.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { savedViewsQuery } from "#api/peerings/saved-views.ts"
import { timelineQuery } from "#api/peerings/timeline.ts"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { accessListQuery } from "#api/projects/access-list.ts"
import { clustersQuery } from "#api/projects/clusters.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { listFactsQuery } from "#api/projects/list-facts.ts"
import { networksQuery } from "#api/projects/networks.ts"
import { presetsQuery } from "#api/projects/presets.ts"
import { projectSettingQuery } from "#api/projects/project-settings.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { sessionQuery } from "#api/session.ts"
import { sessionsQuery } from "#api/sessions.ts"
import { tokensQuery } from "#api/tokens.ts"
import { auditFields, toAuditFilter } from "#features/audit/audit-filter.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { computeAppPermissions } from "#shared/permissions.ts"
import { readApproval, readConnection, readCoverage } from "./path-reads.ts"
import type { Visit } from "./visit.ts"

type Reads = (visit: Visit) => Promise<unknown>[]

const ofConnection: Reads = (visit) => [readConnection(visit)]
const seesEverybody = ({ person, search }: Visit) =>
  search.get("whose") === "everybody" && computeAppPermissions(person).administers

/**
 * What each page shows first, beside the frame: the server draws it with the page, and hydration asks for nothing more. Pages that are
 * missing here are drawn by the browser alone. The first path that fits counts.
 */
const pages: readonly (readonly [path: string, reads: Reads])[] = [
  [
    pagePatterns.home,
    ({ read, person }) => [
      read(overviewQuery()),
      read(activityQuery()),
      ...(computeAppPermissions(person).approves ? [read(openApprovalsQuery())] : []),
    ],
  ],
  [pagePatterns.newConnectionAnywhere, () => []],
  [
    pagePatterns.allConnections,
    ({ read, readList, search }) => [
      read(overviewQuery()),
      readList(connectionsQuery(readFilter(listFields, search))),
      read(savedViewsQuery()),
    ],
  ],
  [
    pagePatterns.connections,
    ({ read, projectId }) => [
      read(peeringsQuery(projectId)),
      read(containersQuery(projectId)),
      read(listFactsQuery(projectId)),
      read(savedViewsQuery()),
    ],
  ],
  [
    pagePatterns.newConnection,
    ({ read, tryToRead, projectId }) => [
      read(containersQuery(projectId)),
      tryToRead(addressSpaceQuery(projectId)),
      tryToRead(networksQuery(projectId)),
      tryToRead(accessListQuery(projectId, [])),
      tryToRead(clustersQuery(projectId)),
    ],
  ],
  [pagePatterns.connection, ofConnection],
  [pagePatterns.connectionCode, ofConnection],
  [
    pagePatterns.connectionActivity,
    (visit) => [readConnection(visit), visit.read(timelineQuery(visit.projectId, visit.id))],
  ],
  [
    pagePatterns.containers,
    ({ read, projectId }) => [
      read(containersQuery(projectId)),
      read(peeringsQuery(projectId)),
      read(addressSpaceQuery()),
    ],
  ],
  [
    pagePatterns.settings,
    ({ read, tryToRead, projectId }) => [
      read(peeringsQuery(projectId)),
      read(managedKeysQuery(projectId)),
      read(presetsQuery(projectId)),
      read(projectHandOffsQuery(projectId)),
      tryToRead(projectSettingQuery("privateIpMode", projectId)),
      tryToRead(projectSettingQuery("customDns", projectId)),
    ],
  ],
  [pagePatterns.addressSpace, ({ read }) => [read(addressSpaceQuery())]],
  [pagePatterns.addressBlocks, ({ read }) => [read(addressSpaceQuery())]],
  [pagePatterns.addressCoverage, (visit) => [readCoverage(visit)]],
  [
    pagePatterns.audit,
    ({ readList, search, now }) => [
      readList(auditQuery(toAuditFilter(readFilter(auditFields, search), now))),
    ],
  ],
  [pagePatterns.auditRow, ({ read, id }) => (isEntryNumber(id) ? [read(auditStoryQuery(id))] : [])],
  [pagePatterns.keys, ({ read }) => [read(keysQuery())]],
  [pagePatterns.sessions, (visit) => [visit.read(sessionsQuery(seesEverybody(visit)))]],
  [pagePatterns.tokens, (visit) => [visit.read(tokensQuery(seesEverybody(visit)))]],
  [pagePatterns.cloudAccounts, ({ read }) => [read(cloudAccountsQuery())]],
  [
    pagePatterns.approvals,
    ({ readList, search }) => [
      readList(approvalsQuery(search.get("show") === "decided" ? "decided" : "open")),
    ],
  ],
  [pagePatterns.approvalPolicy, ({ read }) => [read(approvalPolicyQuery())]],
  [pagePatterns.approval, (visit) => [readApproval(visit)]],
  [pagePatterns.notifications, ({ read }) => [read(inboxQuery())]],
  [
    `${pagePatterns.notifications}/:view`,
    ({ read, id, person }) => {
      const { administers } = computeAppPermissions(person)
      return [
        read(inboxQuery()),
        ...(id === "email" ? [read(mailChoiceQuery())] : []),
        ...(id === "routes" && administers ? [read(notificationRoutesQuery())] : []),
        ...(id === "messages" && administers ? [read(deliveriesQuery())] : []),
      ]
    },
  ],
]

const matchers = pages.map(([path, reads]) => ({
  reads,
  pattern: new RegExp(
    `^${path.replace(":projectId", String.raw`(?<projectId>[\w-]+)`).replace(/:\w+/, String.raw`(?<id>[\w-]+)`)}$`,
  ),
}))

function findPage(path: string) {
  for (const { reads, pattern } of matchers) {
    const match = pattern.exec(path)
    if (match !== null)
      return { reads, projectId: match.groups?.["projectId"] ?? "", id: match.groups?.["id"] ?? "" }
  }
  return null
}

/** Returns whether it is known what the page at a path shows first. */
export function isKnownPage(path: string): boolean {
  return findPage(path) !== null || path === pagePatterns.handOff
}

/**
 * Reads what the page at an address shows first, unless it is there.
 * @param now the page's time, milliseconds since 1970
 * @param late resolves when what the page can do without is not waited for any more
 * @returns the keys of what the page can do without
 * @throws RequestError when something could not be read
 */
export async function readPage(
  client: QueryClient,
  { path, search, now, late }: Pick<PageRequest, "path" | "search" | "now" | "late">,
): Promise<QueryKey[]> {
  const tried: QueryKey[] = []
  const found = findPage(path)
  if (found === null) return tried
  const person = await client.fetchQuery(sessionQuery())
  // Somebody without a session gets the sign-in page.
  if (typeof person !== "object") return tried
  const { reads, ...parameters } = found
  await Promise.all([
    client.fetchQuery(projectsQuery()),
    client.fetchQuery(installationQuery()),
    ...reads({
      ...parameters,
      read: client.fetchQuery.bind(client),
      readList: client.fetchInfiniteQuery.bind(client),
      tryToRead(query) {
        tried.push(query.queryKey)
        return Promise.race([client.prefetchQuery(query), late])
      },
      person,
      search: new URLSearchParams(search),
      now,
    }),
  ])
  return tried
}
