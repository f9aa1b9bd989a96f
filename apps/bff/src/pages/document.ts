import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { DrawnPage } from "@peering-desk/shared-schemas"
import { createScriptLister } from "./page-files.ts"
import { moveStyles } from "./style-rules.ts"
import { createCssPicker } from "./used-css.ts"

/** A whole document, and the hashes of its inline scripts and style for the content security policy. */
interface Document {
  html: string
  scriptHashes: readonly string[]
  styleHashes: readonly string[]
}

/** Writes a drawn page as a document. */
export type DocumentWriter = (page: DrawnPage) => Document

/**
 * Prepares the document of a build: its head without anything that a browser would fetch before it paints. The rules that the page uses
 * stand in it; its scripts and the whole stylesheet come after the first paint.
 * @param directory where `vite build` put the web app
 * @returns null when there is no build with a loader
 */
export function createDocumentWriter(directory: string): DocumentWriter | null {
  if (!existsSync(join(directory, "index.html")) || !existsSync(join(directory, "loader.js"))) return null
  const read = (name: string) => readFileSync(join(directory, name), "utf8")
  const index = read("index.html")
  const theme = strip(read("theme.js"))
  const loader = strip(read("loader.js"))
  const [entry = ""] = listAddresses(index, /<script type="module"[^>]* src="([^"]+)"/g)
  const styles = listAddresses(index, /<link rel="stylesheet"[^>]* href="([^"]+)"/g)
  const listScripts = createScriptLister(directory, entry)
  const pickCss = createCssPicker(styles.map(read).join(""))
  const [head = ""] = index
    .replaceAll(/\s*<(?:script|link rel="(?:modulepreload|stylesheet)")[^>]*>(?:<\/script>)?/g, "")
    .replace(/<title>.*?<\/title>/, "")
    .split("</head>")
  const scriptHashes = [hash(theme), hash(loader)]

  return ({ title, data, modules, ...page }) => {
    const { html, rules } = moveStyles(page.html)
    const files = { styles, scripts: listScripts(modules) }
    const css = pickCss(html) + rules
    return {
      html: [
        head,
        `<title>${escapeText(title)}</title>`,
        `<style>${css}</style>`,
        `<script>${theme}</script>`,
        `<script type="application/json" id="page-files">${JSON.stringify(files)}</script>`,
        `<script>${loader}</script>`,
        `</head><body>`,
        `<div id="root">${html}</div>`,
        `<script type="application/json" id="page-data">${data}</script>`,
        "</body></html>",
      ].join(""),
      scriptHashes,
      styleHashes: [hash(css)],
    }
  }
}

/** Takes the comments and the indentation out of a small script. */
function strip(script: string): string {
  return script.replaceAll(/^\s*(\/\/.*)?\n?/gm, "")
}

function listAddresses(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].flatMap(([, address]) => address ?? [])
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
}
