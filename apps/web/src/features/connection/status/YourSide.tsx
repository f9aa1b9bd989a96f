import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { formatAccount, toPlace } from "#copy/peerings.ts"
import { NetworkSide, ShoreFact } from "./NetworkSide.tsx"

interface Props {
  peer: AtlasPeer
  container: Container | null
  asked: boolean
}

/** The person's own network, in its cloud's words. */
export function YourSide({ peer, container, asked }: Props) {
  return (
    <NetworkSide title="Your network" place={toPlace(peer, container)} asked={asked}>
      <YourFacts peer={peer} />
    </NetworkSide>
  )
}

function YourFacts({ peer }: { peer: AtlasPeer }) {
  switch (peer.providerName) {
    case "AWS":
      return (
        <>
          <ShoreFact label="VPC" value={peer.vpcId} />
          <ShoreFact label="Account" value={peer.awsAccountId && formatAccount(peer.awsAccountId)} />
          <ShoreFact label="CIDR" value={peer.routeTableCidrBlock} />
        </>
      )
    case "GCP":
      return (
        <>
          <ShoreFact label="VPC network" value={peer.networkName} />
          <ShoreFact label="Project" value={peer.gcpProjectId} />
        </>
      )
    case "AZURE":
      return (
        <>
          <ShoreFact label="VNet" value={peer.vnetName} />
          <ShoreFact label="Resource group" value={peer.resourceGroupName} />
          <ShoreFact label="Subscription" value={peer.azureSubscriptionId} />
        </>
      )
  }
}
