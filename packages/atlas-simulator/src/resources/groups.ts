import { maySee } from "#world/roles.ts"
import type { Project } from "#world/world.ts"
import type { Answer, ApiVersion, Call, Endpoint, ProjectCall, Simulation } from "./endpoint.ts"
import { buildKeyEndpoints, buildProjectEndpoints } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import type { Json } from "./json.ts"
import { toPage } from "./paging.ts"

const relations = ["containers", "clusters", "databaseUsers", "peers", "processes", "whitelist"]

/** Writes a moment as Atlas does: ISO 8601 in UTC, to the second. */
export function toIsoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

function toProjectJson(
  project: Project,
  call: { version: ApiVersion; baseUrl: string },
  relationNames: readonly string[],
): Json {
  const href = `${call.baseUrl}/groups/${project.id}`
  const newer = call.version === "v2" ? { tags: [], withDefaultAlertsSettings: true } : {}
  return {
    clusterCount: project.clusters.length,
    created: toIsoSeconds(project.createdAt),
    id: project.id,
    links: [
      { href, rel: "self" },
      ...relationNames.map((name) => ({
        href: `${href}/${name}`,
        rel: `https://cloud.mongodb.com/${name}`,
      })),
    ],
    name: project.name,
    orgId: project.orgId,
    ...newer,
  }
}

function showRoot(call: Call): Answer {
  const { id, publicKey, roles, accessList } = call.principal
  const root = {
    appName: "MongoDB Atlas",
    build: "5117a70000000000000000000000000000000000",
    throttling: false,
  }
  const self = { href: call.baseUrl, rel: "self" }
  // Of a service account there is no key to describe.
  if (publicKey === null) return { status: 200, body: { ...root, apiKey: null, links: [self] } }
  const orgId = roles.map((role) => ("orgId" in role ? role.orgId : null)).find((org) => org !== null)
  const keyLink = {
    href: `${call.baseUrl}/orgs/${orgId}/apiKeys/${id}`,
    rel: "https://cloud.mongodb.com/apiKeys",
  }
  return {
    status: 200,
    body: {
      apiKey: {
        accessList: (accessList ?? ["0.0.0.0/1", "128.0.0.0/1"]).map((cidrBlock) => ({
          cidrBlock,
          ipAddress: cidrBlock.endsWith("/32") ? cidrBlock.slice(0, -3) : null,
        })),
        id,
        publicKey,
        roles,
      },
      ...root,
      links: [self, ...(orgId === undefined ? [] : [keyLink])],
    },
  }
}

/** Creates the endpoints of the root (the cheapest way to check a key) and of the projects. */
export function createGroupEndpoints(simulation: Simulation): Endpoint[] {
  const list = (call: Call): Answer => {
    const projects = simulation.world().projects.filter((project) => maySee(call.principal, project))
    return { status: 200, body: toPage(call, projects, (project) => toProjectJson(project, call, [])) }
  }
  const showByName = (call: Call): Answer => {
    const name = call.params["groupName"] ?? ""
    const found = simulation.world().projects.find((project) => project.name === name)
    if (found === undefined || !maySee(call.principal, found))
      throw new AtlasError("GROUP_NAME_NOT_FOUND", [name])
    return { status: 200, body: toProjectJson(found, call, relations) }
  }
  const showOne = (call: ProjectCall): Answer => ({
    status: 200,
    body: toProjectJson(call.project, call, relations),
  })
  const javaResource = "ApiAtlasGroupsResource"
  return [
    ...buildKeyEndpoints({ javaResource: "ApiAtlasResource", limit: "root" }, [
      ["GET", "", "getRoot", showRoot],
    ]),
    ...buildKeyEndpoints({ javaResource, limit: "projects-of-user" }, [
      ["GET", "groups", "getAllGroups", list],
      ["GET", "groups/byName/:groupName", "getGroupByName", showByName],
    ]),
    ...buildProjectEndpoints({ javaResource, limit: "projects" }, [["GET", "", "getGroup", showOne]]),
  ]
}
