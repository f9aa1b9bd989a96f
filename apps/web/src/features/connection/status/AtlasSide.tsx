import { providerLabels, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { listAtlasFacts } from "#copy/network-facts.ts"
import { toContainerPlace } from "#copy/peerings.ts"
import { Skeleton } from "#ui/Skeleton.tsx"
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
      mark={<span className={`still own-colours ${styles.mark}`} aria-hidden="true" />}
      place={container == null ? cloud : `${cloud} ${toContainerPlace(container)}`}
      tone={tone}
      facts={[
        ...listAtlasFacts(peer, container ?? null).map((fact) => toFact(fact, missing)),
        ...(peer.providerName === "GCP"
          ? []
          : [{ label: "Project", value: projectName, copied: null } satisfies SideFact]),
        toFact({ label: "CIDR", value: container?.atlasCidrBlock ?? null }, missing),
      ]}
    />
  )
}
