import type { FactContradiction } from "@peering-desk/shared-schemas"
import { firewallNames, toSourceWords } from "#copy/stops.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { Notice } from "#ui/Notice.tsx"
import { TimeAgo } from "#ui/time/Timestamp.tsx"

const aspects: Readonly<Record<string, string>> = {
  account: "Account",
  directory: "Directory",
  resourceGroup: "Resource group",
  network: "Network",
  region: "Region",
  addresses: "CIDRs",
  dns: "DNS attributes",
  subnets: "Subnets",
  routeTables: "Route tables",
  networkAcls: "Network ACLs",
  peerings: "Peerings",
  serviceRanges: "Service ranges",
  roles: "Roles",
}

/** Sources that differ: the value that counts, and the other one. */
export function Contradictions({ contradictions }: { contradictions: readonly FactContradiction[] }) {
  const { providerName } = useConnectionPage().peering.peer
  if (contradictions.length === 0) return null
  return (
    <Notice tone="you" title="Sources differ">
      <ul className="bullets">
        {contradictions.map(({ fact, counts, other }) => (
          <li key={`${fact} ${other.source}`}>
            {fact === "firewalls" ? firewallNames[providerName] : (aspects[fact] ?? fact)}:{" "}
            <Side {...counts} /> counts, not <Side {...other} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Side({ says, source, at }: FactContradiction["counts"]) {
  return (
    <>
      {says} ({toSourceWords(source, null).before} <TimeAgo at={at} />)
    </>
  )
}
