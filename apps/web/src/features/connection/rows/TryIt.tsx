import { readNameLookup, readPortTry } from "@peering-desk/peering-rules"
import { Suspense, type ReactNode } from "react"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { PasteReading } from "#shared/PasteReading.tsx"
import { lazyPage } from "#ui/lazy-page.ts"
import { findStopOf } from "./step-stops.ts"

const DiagnosisTest = lazyPage(
  async () => (await import("#features/connection/connect/DiagnosisTest.tsx")).DiagnosisTest,
)

/** Tests the connection with one script; by hand, first the name and then the port. */
export function TryIt({
  children,
}: {
  /** The commands for a test by hand. */
  children: ReactNode
}) {
  const { peering, container, showStop } = useConnectionPage()
  const { providerName } = peering.peer
  return (
    <>
      <Suspense fallback={<p aria-busy="true">Loading the test script</p>}>
        <DiagnosisTest onOpenStep={(stepId) => showStop(findStopOf(stepId))} />
      </Suspense>
      <details className="fold">
        <summary className="below-8">Test by hand</summary>
        {children}
        <PasteReading
          label="Output of nslookup or dig"
          hint="Read in this page only, not sent anywhere"
          read={(text) => readNameLookup(text, providerName, container?.atlasCidrBlock ?? null)}
        />
        <PasteReading
          label="Output of nc, telnet or Test-NetConnection"
          hint="Port of one host of the cluster"
          read={readPortTry}
        />
      </details>
    </>
  )
}
