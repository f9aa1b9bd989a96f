import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { formatAccount, toPlace } from "#wording/connection-words.ts"
import { Shore, ShoreFact } from "./Shore.tsx"

interface Props {
  peer: AtlasPeer
  container: Container | null
  asked: boolean
}

/** The person's own network, in its cloud's words. */
export function YourShore({ peer, container, asked }: Props) {
  return (
    <Shore title="Your network" place={toPlace(peer, container)} asked={asked}>
      <YourFacts peer={peer} />
    </Shore>
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
