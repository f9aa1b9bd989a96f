import { escapeInvisible } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import type { ReactElement } from "react"
import { flushSync } from "react-dom"
import { createRoot } from "react-dom/client"
import { saveFile } from "#shared/save-file.ts"
import marks from "#ui/marks/StopMark.module.css?inline"
import { toPageTime } from "#ui/time/now.ts"
import tokens from "#ui/tokens.css?inline"
import styles from "./report.css?inline"
import { nameReport, ReportDocument } from "./ReportDocument.tsx"
import { readReport, type ReportSubject } from "./report.ts"

/**
 * Saves a report as one HTML file that needs no other file and runs no script. Throws `RequestError` when something can't be read.
 * @param person who makes it
 */
export async function saveReport(
  client: QueryClient,
  subjects: readonly ReportSubject[],
  person: string,
): Promise<void> {
  const report = await readReport(client, subjects, { person, now: toPageTime(Date.now()) })
  const title = nameReport(report)
  saveFile(buildHtml(title, <ReportDocument report={report} />), {
    name: `${toFileName(title)}.html`,
    type: "text/html",
  })
}

/** The file may show nothing but itself, with its own styles. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

/** Builds the text of an HTML file. It is never a page of ours, whose policy would refuse its styles. */
function buildHtml(title: string, content: ReactElement): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${toHtml(<>{title}</>)}</title>
<style>${tokens}${marks}${styles}</style>
</head>
<body>${toHtml(content)}</body>
</html>
`
}

/** Renders an element as text. React escapes HTML; invisible characters become codes, for they could reorder an official record. */
function toHtml(element: ReactElement): string {
  const place = document.createElement("div")
  const root = createRoot(place)
  flushSync(() => root.render(element))
  const html = place.innerHTML
  root.unmount()
  return html.split("\n").map(escapeInvisible).join("\n")
}

/** `Connection report: 3 connections` → `connection-report-3-connections`. */
function toFileName(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 80)
}
