import { createHash } from "node:crypto"
import { apiUrls } from "@peering-desk/shared-schemas"
import type { ErrorRequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { problemStatus } from "#base/problem-status.ts"
import { requestIdHeader } from "#http/request-log.ts"
import { toReturnAddress } from "./return-address.ts"

const style = `
:root{color-scheme:light dark}
body{margin:0;font:15px/22px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
background:light-dark(#f6f8f7,#0b1418);color:light-dark(#0f2027,#e6efec)}
main{max-width:520px;margin:0 auto;padding:64px 16px;overflow-wrap:anywhere}
h1{font-size:21px;line-height:26px;letter-spacing:-.015em;margin:0 0 8px}
p{margin:0 0 16px}
small{color:light-dark(#47585c,#a9bcb8)}
a{color:light-dark(#00684a,#35c48d)}
`
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(";")

/**
 * Shows a browser that failed to sign in a page instead of a problem in JSON: it came here by following a link, and no script
 * of ours is there to put it into words. `response.locals["returnTo"]` is where a new attempt leads.
 */
export const showSignInProblem: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
  if (!(thrown instanceof AppError) || response.headersSent || request.accepts(["json", "html"]) !== "html") {
    next(thrown)
    return
  }
  const { status, title } = problemStatus[thrown.code]
  request.log[status >= 500 ? "error" : "info"]({ code: thrown.code, err: thrown }, title)
  const { detail, retryAfterSeconds } = thrown.shown
  if (retryAfterSeconds !== undefined) response.setHeader("Retry-After", String(retryAfterSeconds))
  response.setHeader("Cache-Control", "no-store")
  response.setHeader("Content-Security-Policy", policy)
  const again = apiUrls.signIn({ return: toReturnAddress(response.locals["returnTo"]) })
  response
    .status(status)
    .type("html")
    .send(toPage(title, `${detail ?? "Try again in a minute."}`, again, response.get(requestIdHeader) ?? ""))
}

function toPage(title: string, detail: string, again: string, requestId: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Peering Desk</title>
<style>${style}</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
<p>${escape(detail)}</p>
<p><a href="${escape(again)}">Sign in again</a></p>
<p><small>Request ${escape(requestId)}</small></p>
</main></body>
</html>
`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
