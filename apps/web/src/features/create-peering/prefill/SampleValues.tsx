import type { ProviderName } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { installationQuery } from "#api/installation.ts"
import { SampleButton } from "./SampleButton.tsx"

/** A demo's way to fill the form. Shows nothing in any other installation. */
export function SampleValues({ providerName }: { providerName: ProviderName }) {
  const { data: installation } = useQuery(installationQuery())
  return installation?.demo === undefined ? null : <SampleButton providerName={providerName} />
}
