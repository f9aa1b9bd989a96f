import { readVpcRegionId, type AtlasPeer, type Container, type Peering } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { toDraftOf, toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import styles from "./PeeringPage.module.css"

/** Every identifier of a connection, ready to copy, and Atlas's raw answer. */
export function PeeringIdentifiers({
  peering,
  container,
}: {
  peering: Peering
  container: Container | null | undefined
}) {
  const ids: [string, string | null | undefined][] = [
    ["Atlas peer id", peering.id],
    ...toCloudIds(peering.peer, container),
    ["Atlas container id", peering.peer.containerId],
    ["Atlas project id", peering.projectId],
  ]
  const likeIt = toLinkQuery(toDraftOf(peering.peer, container ?? null))
  return (
    <Card title="Identifiers">
      <DescriptionList>
        {ids.map(([label, value]) => (
          <Fact key={label} label={label}>
            {value ? <Copyable value={value} label={label} /> : <span className={styles.none}>none yet</span>}
          </Fact>
        ))}
      </DescriptionList>
      <p className={styles.raw}>
        <Link href={`${pagePaths.newConnection(peering.projectId)}?${likeIt}`} asChild>
          <LinkButton size="small">Duplicate this connection</LinkButton>
        </Link>
      </p>
      <details className={styles.raw}>
        <summary>Atlas's answer as it came</summary>
        <pre>{JSON.stringify(peering.raw, null, 2)}</pre>
      </details>
    </Card>
  )
}

function toCloudIds(
  peer: AtlasPeer,
  container: Container | null | undefined,
): [string, string | null | undefined][] {
  switch (peer.providerName) {
    case "AWS":
      return [
        ["AWS peering id", peer.connectionId],
        ["AWS account id", peer.awsAccountId],
        ["VPC id", peer.vpcId],
        ["VPC region", readVpcRegionId(peer, container ?? null)],
        ["VPC CIDR", peer.routeTableCidrBlock],
      ]
    case "GCP":
      return [
        ["Your Google Cloud project", peer.gcpProjectId],
        ["Your VPC network", peer.networkName],
        ["Atlas's Google Cloud project", container?.providerName === "GCP" ? container.gcpProjectId : null],
        ["Atlas's VPC network", container?.providerName === "GCP" ? container.networkName : null],
      ]
    case "AZURE":
      return [
        ["Directory (tenant) id", peer.azureDirectoryId],
        ["Subscription id", peer.azureSubscriptionId],
        ["Resource group", peer.resourceGroupName],
        ["VNet", peer.vnetName],
      ]
  }
}
