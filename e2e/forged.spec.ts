import { createServer } from "node:http"
import { listen } from "@peering-desk/test-support/listen"
import { expect, projects, test } from "./scenario.ts"

/**
 * Serves a page of another origin on the same host. The browser sends our cookie with its requests: the hardest case for a server
 * that trusts cookies.
 */
async function serveEvilPage(html: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html")
    response.end(html)
  })
  const { origin, close } = await listen(server)
  return { url: `${origin}/`, close }
}

const create = {
  request: {
    providerName: "GCP",
    containerId: "507f1f77bcf86cd799439011",
    gcpProjectId: "evil-project-1",
    networkName: "evil",
  },
  reason: "because it can",
}

test("a page of another origin can change nothing with any request it makes the browser send", async ({
  context,
  app,
  page,
}) => {
  const evil = await serveEvilPage("<!doctype html><title>evil</title><p>evil")
  const peerings = `${app.url}/api/projects/${projects.documentation}/peerings`
  const attacker = await context.newPage()
  await attacker.goto(evil.url)
  const outcomes = await attacker.evaluate(
    async ({ peerings, app, body }) => {
      const json = JSON.stringify(body)
      const key = "a-key-of-the-evil-page"
      const ours = { "content-type": "application/json", "idempotency-key": key, "x-peering-desk": "1" }
      const attempts: [string, RequestInit][] = [
        [
          peerings,
          { method: "POST", mode: "no-cors", body: json, headers: { "content-type": "text/plain" } },
        ],
        [peerings, { method: "POST", mode: "no-cors", body: new URLSearchParams({ a: json }) }],
        [peerings, { method: "POST", mode: "cors", body: json, headers: ours }],
        [peerings, { method: "PUT", mode: "cors", body: json, headers: ours }],
        [`${app}/sign-out`, { method: "POST", mode: "no-cors" }],
        [`${app}/api/sessions/anything`, { method: "DELETE", mode: "cors", headers: ours }],
        [`${app}/api/keys/test`, { method: "POST", mode: "no-cors" }],
      ]
      const results: string[] = []
      for (const [url, init] of attempts) {
        const answer = await fetch(url, { ...init, credentials: "include" }).catch(() => null)
        results.push(answer === null ? "blocked" : answer.type)
      }
      return results
    },
    { peerings, app: app.url, body: create },
  )
  // No answer was readable by the foreign page.
  expect(outcomes.filter((outcome) => outcome !== "blocked" && outcome !== "opaque")).toEqual([])

  for (const enctype of ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]) {
    await attacker.goto(evil.url)
    await attacker.evaluate(
      ({ peerings, enctype, body }) => {
        const form = document.createElement("form")
        form.method = "post"
        form.action = peerings
        form.enctype = enctype
        const input = document.createElement("input")
        input.name = JSON.stringify(body)
        form.append(input)
        document.body.append(form)
        form.submit()
      },
      { peerings, enctype, body: create },
    )
    await expect(attacker.getByText("forged_request")).toBeVisible()
  }

  expect(app.simulator.peers(projects.documentation)).toEqual([])
  const session = await page.request.get(`${app.url}/api/session`)
  expect(session.status()).toBe(200)
  await evil.close()
})
