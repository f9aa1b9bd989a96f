import { Router, type RequestHandler } from "express"
import { askWithin } from "#atlas/auth/send-request.ts"
import type { HttpAnswer } from "#atlas/protocol/http-answer.ts"
import { AppError } from "#base/app-error.ts"
import { systemClock } from "#base/clock.ts"

const timeoutMs = 5_000

/**
 * Passes the calls of a demo's dock on to the control API of its simulator: only these, and only their JSON. The simulator answers
 * pages of this machine only, and the content security policy lets ours ask no server but us.
 */
export function createDemoControlRouter({ simulatorUrl }: { simulatorUrl: URL }): Router {
  const pass =
    (method: "POST" | "DELETE"): RequestHandler =>
    async ({ path, body }, response) => {
      const answer = await send(new URL(`/simulator${path}`, simulatorUrl), method, body)
      if (answer.status >= 300) throw new AppError("invalid_request", { detail: readRefusal(answer) })
      response.status(204).end()
    }
  const router = Router()
  router.post(["/cloud-side", "/azure-role", "/faults", "/clock", "/reset"], pass("POST"))
  router.delete("/faults", pass("DELETE"))
  return router
}

async function send(url: URL, method: "POST" | "DELETE", body: unknown): Promise<HttpAnswer> {
  try {
    return await askWithin(timeoutMs, systemClock, url, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body ?? {}),
    })
  } catch (cause) {
    throw new AppError("atlas_unreachable", { cause })
  }
}

function readRefusal({ status, text }: HttpAnswer): string {
  const { error } = JSON.parse(text ?? "{}") as { error?: unknown }
  return typeof error === "string" ? error : `The simulator answered ${status}.`
}
