import {
  awsRegions,
  isInContainer,
  newContainerMark,
  readContainerRegion,
  toAtlasRegionName,
  type AtlasPeer,
  type Container,
} from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { Link } from "wouter"
import { formatCount } from "#copy/counts.ts"
import { pagePaths } from "#shared/page-paths.ts"
import type { RadioCard } from "#ui/fields/RadioCards.tsx"
import styles from "./form.module.css"

const suggested = (
  <span className={`edge-strong on-raised quiet small lines-18 strong ${styles.suggested}`}>Suggested</span>
)

/**
 * Builds the card of a container.
 * @param reason why it is suggested; null when it is not
 */
export function toContainerCard(
  container: Container,
  reason: string | null,
  peers: readonly AtlasPeer[],
  projectId: string,
): RadioCard {
  const { id, provisioned, atlasCidrBlock } = container
  const count = peers.filter((peer) => isInContainer(container, peer)).length
  const details = [
    toPlace(container),
    reason,
    count > 0 && formatCount(count, "connection"),
    typeof provisioned === "boolean" && (provisioned ? "CIDR locked" : "Not in use yet"),
  ]
  return {
    value: id,
    title: (
      <span className={`inline wrapping gap-2 gap-x-8 ${styles.cardTitle}`}>
        {toRegionName(container)} <code>{atlasCidrBlock ?? "CIDR not known"}</code>{" "}
        {reason !== null && suggested}
      </span>
    ),
    detail: details.filter(Boolean).join(" · "),
    aside: (
      <Link href={pagePaths.containers(projectId)} className="ink text-13">
        View container
      </Link>
    ),
  }
}

/** Builds the card of a container that Atlas creates together with the peering. */
export function toNewContainerCard(isSuggested: boolean, content: ReactNode): RadioCard {
  return {
    value: newContainerMark,
    title: (
      <span className={`inline wrapping gap-2 gap-x-8 ${styles.cardTitle}`}>
        New container {isSuggested && suggested}
      </span>
    ),
    detail: "Created together with the connection",
    content,
  }
}

function toRegionName(container: Container): string {
  return (
    readContainerRegion(container) ?? (container.providerName === "GCP" ? "All regions" : "Region unknown")
  )
}

/** Returns what people call an AWS region; the names of the other clouds say it themselves. */
function toPlace(container: Container): string | undefined {
  const region = readContainerRegion(container)
  return container.providerName === "AWS" && region !== null
    ? awsRegions[toAtlasRegionName(region)]
    : undefined
}
