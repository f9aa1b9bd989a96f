import { providerLabels, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { Skeleton } from "#ui/Skeleton.tsx"
import { toContainerPlace } from "#copy/peerings.ts"
import { NetworkSide, toFact, type SideFact, type SideTone } from "./NetworkSide.tsx"
import styles from "./AtlasSide.module.css"

/** The Atlas network that the connection leads to. Its lines are there from the start, so that nothing moves when it is read. */
export function AtlasSide({
  peer,
  container,
  projectName,
  tone,
}: {
  peer: AtlasPeer
  /** Undefined while it is being read, null when it could not be. */
  container: Container | null | undefined
  projectName: string
  tone: SideTone
}) {
  const cloud = providerLabels[peer.providerName]
  const missing = container === undefined ? <Skeleton /> : container === null ? undefined : "In progress"
  return (
    <NetworkSide
      title="Atlas container"
      mark={<span className={styles.mark} aria-hidden="true" />}
      place={container == null ? cloud : `${cloud} ${toContainerPlace(container)}`}
      tone={tone}
      facts={[
        ...toNetwork(container, peer).map(([label, value]) => toFact(label, value, { missing })),
        ...(peer.providerName === "GCP"
          ? []
          : [{ label: "Project", value: projectName, copied: null } satisfies SideFact]),
        toFact("CIDR", container?.atlasCidrBlock, { missing }),
      ]}
    />
  )
}

/** Returns the network that Atlas makes for the container, in its cloud's words. */
function toNetwork(
  container: Container | null | undefined,
  { providerName }: AtlasPeer,
): [string, string | null | undefined][] {
  switch (providerName) {
    case "AWS":
      return [["VPC", container?.providerName === "AWS" ? container.vpcId : null]]
    case "GCP": {
      const ofGcp = container?.providerName === "GCP" ? container : null
      return [
        ["Network", ofGcp?.networkName],
        ["Project", ofGcp?.gcpProjectId],
      ]
    }
    case "AZURE":
      return [["VNet", container?.providerName === "AZURE" ? container.vnetName : null]]
  }
}
