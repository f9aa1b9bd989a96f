import { routes, type RouteTable } from "@peering-desk/shared-schemas"

const countParameters = (path: string) => path.split("/:").length

/** Makes a function that labels a request's path by its route: see `toRouteLabel`. */
export function createRouteLabels(table: RouteTable): (path: string) => string {
  // A path without a parameter goes before one that would take its last segment as a value.
  const known = Object.values(table)
    .map(({ path }) => ({ label: path, segments: path.split("/") }))
    .sort((one, other) => countParameters(one.label) - countParameters(other.label))
  return (path) => {
    const segments = path.split("/")
    const found = known.find(
      (route) =>
        route.segments.length === segments.length &&
        route.segments.every((segment, index) => segment.startsWith(":") || segment === segments[index]),
    )
    if (found !== undefined) return found.label
    if (path.startsWith("/assets/")) return "asset"
    return path === "/api" || path.startsWith("/api/") ? "other" : "page"
  }
}

/**
 * Returns a path's route, `asset`, `page` for what the web app may know, or `other` below `/api`. The list is closed: unknown paths
 * can't make the metrics grow.
 */
export const toRouteLabel = createRouteLabels(routes)
