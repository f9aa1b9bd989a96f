import type { Container, Peering } from "@peering-desk/shared-schemas"
import { readNameLookup, readPortTry } from "@peering-desk/peering-rules"
import { Suspense, type ReactNode } from "react"
import { DiagnosisTest } from "#features/connection/connect/lazy-connect.ts"
import { PasteReading } from "#shared/PasteReading.tsx"

/** Tests the connection with one script; by hand, first the name and then the port. */
export function TryIt({
  peering,
  container,
  clusterId,
  onChooseCluster,
  onOpenStep,
  children,
}: {
  peering: Peering
  container: Container | null
  /** The cluster that was chosen on this page; null for the first one. */
  clusterId: string | null
  onChooseCluster: (clusterId: string | null) => void
  onOpenStep: (stepId: string) => void
  /** The commands for a test by hand. */
  children: ReactNode
}) {
  const { providerName } = peering.peer
  return (
    <>
      <Suspense fallback={<p aria-busy="true">Loading the test script</p>}>
        <DiagnosisTest
          peering={peering}
          container={container}
          clusterId={clusterId}
          onChooseCluster={onChooseCluster}
          onOpenStep={onOpenStep}
        />
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
