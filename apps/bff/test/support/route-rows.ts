import type { RouteAccess, RouteTable } from "@peering-desk/shared-schemas"
import { listMethods } from "#http/api-handler.ts"
import { standings, type Standing } from "./roles.ts"

/** Query parameters without which a route answers 400. */
const neededQueries: Readonly<Record<string, string>> = {
  "/sign-in": "?return=/",
  "/api/audit/export": "?format=jsonl",
  "/api/events": "?projects=:projectId",
  "/api/projects/:projectId/containers/:containerId": "?providerName=GCP",
}

/**
 * The answers to a caller with the right where they differ from the usual: 200 for reads, 400 for writes with a body (they get an empty
 * object), 404 for writes without one (they name nothing that exists).
 */
const unusualAnswers: Readonly<Record<string, string>> = {
  "GET /sign-in": "303",
  // A stray callback leads a signed-in browser home.
  "GET /sign-in/callback": "303",
  "POST /sign-in/back-channel-logout": "400",
  "POST /sign-out": "200",
  "GET /api/hand-off": "404",
  "GET /api/approvals/:approvalId": "404",
  "POST /api/hand-off/done": "404",
  "POST /api/hand-off/decline": "400",
  "POST /api/hand-off/take-back": "404",
  "POST /api/hand-off/facts": "404",
  "POST /api/keys/test": "200",
  "POST /api/keys/test-new-secrets": "200",
  "POST /api/audit/keys": "200",
}

/** The standings with a right, besides `everywhere`, which has all but a link's. */
const standingsWith: Record<RouteAccess, readonly Standing[]> = {
  anyone: standings,
  link: standings,
  "signed-in": standings.filter((standing) => standing !== "nobody"),
  viewer: ["viewer", "requester", "administrator"],
  requester: ["requester", "administrator"],
  administrator: ["administrator"],
  auditor: ["auditor"],
  "global-administrator": [],
}
const mayKnowProject = new Set<Standing>(["viewer", "requester", "administrator", "everywhere"])

export interface Row {
  /** As in `GET /api/keys`. */
  route: string
  method: string
  address: string
  cells: Record<Standing, string>
}

/**
 * Works out from a row of the route table who gets what. A number is the status; 401 is always `not_signed_in`, 403 always
 * `forbidden`, and `hidden` is 404 with `project_not_found`.
 */
export function toRows(table: RouteTable): Row[] {
  return Object.values(table).flatMap((route) =>
    listMethods(route).map(([verb, row]): Row => {
      const method = verb.toUpperCase()
      const { path } = route
      const name = `${method} ${path}`
      const usual = verb === "get" ? "200" : row.body === undefined ? "404" : "400"
      const toCell = (standing: Standing) => {
        // The stream's projects are in its query, and checked like those of a path.
        const inProject = path.includes(":projectId") || path === "/api/events"
        const access = path === "/api/events" ? "viewer" : row.access
        if (standing === "nobody" && name === "GET /sign-in/callback") return "400"
        if (standingsWith[access].includes(standing) || (standing === "everywhere" && access !== "link"))
          return unusualAnswers[name] ?? usual
        if (standing === "nobody") return "401"
        return inProject && !mayKnowProject.has(standing) ? "hidden" : "403"
      }
      const cells = Object.fromEntries(standings.map((standing) => [standing, toCell(standing)]))
      return {
        route: name,
        method,
        address: `${path}${neededQueries[path] ?? ""}`,
        cells: cells as Row["cells"],
      }
    }),
  )
}
