import { readContainerRegion, type Container, type NewContainer } from "@peering-desk/shared-schemas"

/** A field in which a container differs from its request. */
export interface ContainerDifference {
  field: "atlasCidrBlock" | "region"
  asked: string
  /** Null when Atlas does not say. */
  got: string | null
}

const everyRegion = "every region"

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
  const [askedRegion, gotRegion] = [toAskedRegion(asked), toGotRegion(got)]
  if (askedRegion !== gotRegion) differences.push({ field: "region", asked: askedRegion, got: gotRegion })
  return differences
}

function toAskedRegion(asked: NewContainer): string {
  switch (asked.providerName) {
    case "AWS":
      return asked.regionName
    case "AZURE":
      return asked.region
    case "GCP":
      return asked.regions === undefined ? everyRegion : toSorted(asked.regions)
  }
}

function toGotRegion(got: Container): string | null {
  if (got.providerName !== "GCP") return readContainerRegion(got)
  return got.regions == null || got.regions.length === 0 ? everyRegion : toSorted(got.regions)
}

function toSorted(regions: readonly string[]): string {
  return [...regions].sort().join(", ")
}
