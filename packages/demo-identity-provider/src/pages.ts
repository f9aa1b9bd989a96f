import { createHash } from "node:crypto"
import type { Persona } from "./personas.ts"

const style = `
:root{color-scheme:light dark;--ground:light-dark(#f6f8f7,#0b1418);--surface:light-dark(#fff,#111d22);
--line:light-dark(#7d8f8b,#5f7680);--ink:light-dark(#0f2027,#e6efec);--ink-2:light-dark(#47585c,#a9bcb8);
--accent:light-dark(#00684a,#35c48d);--focus:light-dark(#1254b7,#8ab4ff)}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);
font:15px/22px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:440px;margin:0 auto;padding:48px 16px}
h1{margin:0 0 4px;font-size:21px;line-height:26px;letter-spacing:-.015em}
p{margin:0 0 20px;color:var(--ink-2)}
ul{list-style:none;margin:0 0 20px;padding:0;display:grid;gap:8px}
button{font:inherit;color:inherit;cursor:pointer;border-radius:10px;border:1px solid var(--line);background:var(--surface)}
.persona{width:100%;padding:12px 16px;text-align:left;display:block}
.persona b,.persona span{display:block}
.persona span{color:var(--ink-2);font-size:13px;line-height:18px}
.plain{padding:8px 16px}
button:hover{border-color:var(--accent)}
button:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
`
const clickOnLoad = `document.querySelector("button").click()`

function computeHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`
}

/**
 * Builds the policy of every page: one style and one script, named by their hashes.
 * @param origins the applications that a form may redirect to
 */
export function buildContentSecurityPolicy(origins: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src ${computeHash(style)}`,
    `script-src ${computeHash(clickOnLoad)}`,
    `form-action 'self' ${origins.join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(";")
}

/** Renders the page that lists the personas. */
export function renderSignInPage(personas: readonly Persona[], action: string): string {
  const choices = personas.map(
    ({ id, name, may }) =>
      `<li><button class="persona" name="persona" value="${escape(id)}"><b>${escape(name)}</b><span>${escape(may)}</span></button></li>`,
  )
  return renderPage(
    "Who are you?",
    `<p>This identity provider is a stand-in for a demonstration. Pick somebody; there is no password.</p>
<form method="post" action="${escape(action)}"><ul>${choices.join("")}</ul></form>
<form method="post" action="${escape(action)}"><button class="plain" name="cancel" value="yes">Cancel</button></form>`,
  )
}

/**
 * Renders a page that confirms the sign-out by itself; the button is for browsers without scripts.
 * @param form the form of `oidc-provider`, with the id op.logoutForm
 */
export function renderSignOutPage(form: string): string {
  return renderPage(
    "Signing out",
    `<p>You are signed out of the demo identity provider.</p>
${form}<button class="plain" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<script>${clickOnLoad}</script>`,
  )
}

export function renderNoticePage(title: string, sentence: string): string {
  return renderPage(title, `<p>${escape(sentence)}</p>`)
}

function renderPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Demo identity provider</title>
<style>${style}</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
${body}
</main></body>
</html>
`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
