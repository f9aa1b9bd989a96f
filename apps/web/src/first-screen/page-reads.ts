import type { QueryClient } from "@tanstack/react-query"
import { activityQuery } from "#api/activity.ts"
import { installationQuery } from "#api/installation.ts"
import { openApprovalsQuery } from "#api/open-approvals.ts"
import { inventoryQuery } from "#api/peerings/inventory.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { savedViewsQuery } from "#api/peerings/saved-views.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { listFactsQuery } from "#api/projects/list-facts.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { sessionQuery, type Session } from "#api/session.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { computeAppPermissions } from "#shared/permissions.ts"

interface PageReads {
  path: string
  read: (
    client: QueryClient,
    parameters: Readonly<Record<string, string>>,
    session: Session,
  ) => Promise<unknown>[]
}

/**
 * What each page shows first, beside the frame: the server draws it with the page, and hydration asks for nothing more. Pages that are
 * missing here are drawn by the browser alone.
 */
const pages: readonly PageReads[] = [
  {
    path: pagePatterns.home,
    read: (client, _parameters, session) => [
      client.fetchQuery(overviewQuery()),
      client.fetchQuery(activityQuery()),
      ...(typeof session === "object" && computeAppPermissions(session).approves
        ? [client.fetchQuery(openApprovalsQuery())]
        : []),
    ],
  },
  {
    path: pagePatterns.allConnections,
    read: (client) => [client.fetchQuery(inventoryQuery()), client.fetchQuery(savedViewsQuery())],
  },
  {
    path: pagePatterns.connections,
    read: (client, { projectId = "" }) => [
      client.fetchQuery(peeringsQuery(projectId)),
      client.fetchQuery(containersQuery(projectId)),
      client.fetchQuery(listFactsQuery(projectId)),
      client.fetchQuery(savedViewsQuery()),
    ],
  },
]

const matchers = pages.map((page) => ({
  page,
  pattern: new RegExp(`^${page.path.replaceAll(/:(\w+)/g, String.raw`(?<$1>[\w-]+)`)}$`),
}))

function findPage(path: string) {
  for (const { page, pattern } of matchers) {
    const match = pattern.exec(path)
    if (match !== null) return { page, parameters: match.groups ?? {} }
  }
  return null
}

/** Returns whether it is known what the page at a path shows first. */
export function isKnownPage(path: string): boolean {
  return findPage(path) !== null
}

/**
 * Reads what the page at a path shows first, unless it is there.
 * @throws RequestError when something could not be read
 */
export async function readPage(client: QueryClient, path: string): Promise<void> {
  const found = findPage(path)
  if (found === null) return
  const session = await client.fetchQuery(sessionQuery())
  await Promise.all([
    client.fetchQuery(projectsQuery()),
    client.fetchQuery(installationQuery()),
    ...found.page.read(client, found.parameters, session),
  ])
}
