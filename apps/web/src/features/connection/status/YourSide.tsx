import { providerLabels, readVpcRegionId, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { formatAccount } from "#copy/peerings.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { NetworkSide, toFact, type SideFact, type SideTone } from "./NetworkSide.tsx"

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
      facts={toFacts(peer)}
    />
  )
}

function toFacts(peer: AtlasPeer): SideFact[] {
  switch (peer.providerName) {
    case "AWS":
      return [
        toFact("VPC", peer.vpcId),
        toFact("Account", peer.awsAccountId, {
          shown: peer.awsAccountId && formatAccount(peer.awsAccountId),
        }),
        toFact("CIDR", peer.routeTableCidrBlock),
      ]
    case "GCP":
      return [toFact("Network", peer.networkName), toFact("Project", peer.gcpProjectId)]
    case "AZURE":
      return [
        toFact("VNet", peer.vnetName),
        toFact("Group", peer.resourceGroupName),
        toFact("Subscription", peer.azureSubscriptionId),
      ]
  }
}
