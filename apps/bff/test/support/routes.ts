import type { Express } from "express"

interface ListedRoute {
  path: string
  /** Undefined where a router is mounted; `*` is any other method. */
  methods: readonly string[] | undefined
  router: RouteLister | undefined
}

/** The route list of Express's routers; their types lack it so far. */
interface RouteLister {
  listRoutes: () => ListedRoute[]
}

/**
 * Every method of every address that routers below the app take, as in `POST /api/keys/test`, in the order a request passes
 * them. HEAD comes with GET and is left out.
 */
export function listRoutes(app: Express): string[] {
  return listBelow(app.router as unknown as RouteLister, "")
}

function listBelow(router: RouteLister, mountedAt: string): string[] {
  return router.listRoutes().flatMap(({ path, methods, router: below }) => {
    const whole = path === "/" ? mountedAt : `${mountedAt}${path}`
    if (below !== undefined) return listBelow(below, whole)
    return (methods ?? []).filter((one) => one !== "*" && one !== "HEAD").map((one) => `${one} ${whole}`)
  })
}
