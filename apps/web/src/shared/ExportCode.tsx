import type { ExportSubject } from "@peering-desk/peering-rules"
import { lazy, Suspense } from "react"

const CodeLanguages = lazy(async () => ({
  default: (await import("./CodeLanguages.tsx")).CodeLanguages,
}))

/** A draft or a connection as code. Its many languages are loaded by those who want one. */
export function ExportCode({ subject }: { subject: ExportSubject }) {
  return (
    <Suspense fallback={<p>Loading</p>}>
      <CodeLanguages subject={subject} />
    </Suspense>
  )
}
