import { providerLabels, readVpcRegionId, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { listOwnFacts } from "#copy/network-facts.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { NetworkSide, toFact, type SideTone } from "./NetworkSide.tsx"

/** The person's own network, in its cloud's words. */
export function YourSide({
  peer,
  container,
  tone,
}: {
  peer: AtlasPeer
  container: Container | null
  tone: SideTone
}) {
  const cloud = providerLabels[peer.providerName]
  const region = peer.providerName === "AWS" ? readVpcRegionId(peer, container) : null
  return (
    <NetworkSide
      title="Your network"
      mark={<CloudMark cloud={peer.providerName} decorative />}
      place={region === null ? cloud : `${cloud} ${region}`}
      tone={tone}
      facts={listOwnFacts(peer).map((fact) => toFact(fact))}
    />
  )
}
