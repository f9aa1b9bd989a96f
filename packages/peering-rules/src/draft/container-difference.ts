import { readContainerRegion, type Container, type NewContainer } from "@peering-desk/shared-schemas"

/** A field in which a container differs from its request. */
export interface ContainerDifference {
  field: "atlasCidrBlock" | "region"
  asked: string
  /** Null when Atlas does not say. */
  got: string | null
}

/**
 * Lists the differences between a container that Atlas made and its request. Atlas has been seen to return an existing
 * container with another block instead of the requested one.
 */
export function toContainerDifferences(asked: NewContainer, got: Container): ContainerDifference[] {
  const differences: ContainerDifference[] = []
  if (got.atlasCidrBlock !== asked.atlasCidrBlock)
    differences.push({
      field: "atlasCidrBlock",
      asked: asked.atlasCidrBlock,
      got: got.atlasCidrBlock ?? null,
    })
  const [askedRegion, gotRegion] = [toRegion(asked) ?? "", toRegion(got)]
  if (askedRegion !== gotRegion) differences.push({ field: "region", asked: askedRegion, got: gotRegion })
  return differences
}

/** Names the region, on Google Cloud all regions in one order; null when Atlas does not say. */
function toRegion(container: Container | NewContainer): string | null {
  if (container.providerName !== "GCP") return readContainerRegion(container)
  const { regions } = container
  return regions == null || regions.length === 0 ? "every region" : [...regions].sort().join(", ")
}
