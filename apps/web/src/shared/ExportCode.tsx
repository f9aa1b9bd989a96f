import type { ExportSubject } from "@peering-desk/peering-rules"
import { Suspense } from "react"
import { lazyPage } from "#ui/lazy-page.ts"

const CodeLanguages = lazyPage(async () => (await import("./CodeLanguages.tsx")).CodeLanguages)

/** Shows a draft or a peering as code. The writers of the languages load on demand. */
export function ExportCode({ subject }: { subject: ExportSubject }) {
  return (
    <Suspense fallback={<p>Loading</p>}>
      <CodeLanguages subject={subject} />
    </Suspense>
  )
}
