import { providerLabels, type Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { installationQuery } from "#api/installation.ts"
import { LinkButton } from "#ui/Button.tsx"

/** Links to the simulated cloud console of a connection, where a person plays its network owner; nothing outside a demo. */
export function DemoConsole({ peering: { id, peer } }: { peering: Peering }) {
  const { data } = useQuery(installationQuery())
  if (data?.demo === undefined) return null
  return (
    <LinkButton href={`${data.demo.consoleUrl}#peer=${id}`} target="_blank" rel="noreferrer">
      Open the demo's {providerLabels[peer.providerName]} console
      <span className="visually-hidden"> in a new tab</span>
    </LinkButton>
  )
}
