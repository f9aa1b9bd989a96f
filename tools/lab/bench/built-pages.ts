import { existsSync, readFileSync } from "node:fs"
import { extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Page } from "@playwright/test"

const dist = fileURLToPath(new URL("../../../apps/web/dist", import.meta.url))
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
}

/** The origin of the built product in a benchmark's page. The benchmark answers its requests; there is no server. */
export const productOrigin = "http://product.bench"

const usualAnswers: Record<string, unknown> = {
  "/api/session": {
    user: { issuer: "https://id.example", subject: "bench", name: "Bench", email: "bench@example.com" },
    access: { everywhere: "administrator", projects: {}, auditor: false },
  },
  "/api/sign-in-info": { organisation: null, providerHost: "id.example", isDemo: true, isSignedIn: true },
  "/api/projects": { projects: [] },
  "/api/installation": {
    atlasHost: "127.0.0.1",
    realAtlas: false,
    peersPerProject: 50,
  },
}

/**
 * Gives a page the built product.
 * @param answers what the server answers, by path, besides who is signed in
 * @throws Error when it is not built
 */
export async function serveProduct(page: Page, answers: Record<string, unknown>): Promise<void> {
  if (!existsSync(join(dist, "index.html"))) throw new Error("The product is not built: run pnpm build first")
  const all = { ...usualAnswers, ...answers }
  await page.route(`${productOrigin}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const answer = all[pathname]
    if (answer !== undefined) return route.fulfill({ json: answer })
    if (pathname.startsWith("/api/")) return route.fulfill({ status: 404 })
    const file = extname(pathname) === "" ? "/index.html" : pathname
    return route.fulfill({ body: readFileSync(join(dist, file)), contentType: types[extname(file)] ?? "" })
  })
}
