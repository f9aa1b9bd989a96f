import type { ProviderName } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { Suspense } from "react"
import { installationQuery } from "#api/installation.ts"
import { lazyPage } from "#ui/lazy-page.ts"

// Only a demo has it.
const SampleButton = lazyPage(async () => (await import("./SampleButton.tsx")).SampleButton)

/** A demo's way to fill the form. Shows nothing in any other installation. */
export function SampleValues({ providerName }: { providerName: ProviderName }) {
  const { data: installation } = useQuery(installationQuery())
  if (installation?.demo === undefined) return null
  return (
    <Suspense>
      <SampleButton providerName={providerName} />
    </Suspense>
  )
}
