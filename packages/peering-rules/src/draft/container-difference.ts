import { readContainerRegion, type Container, type NewContainer } from "@peering-desk/shared-schemas"

/** One thing in which a container is not as it was asked for. */
export interface ContainerDifference {
  field: "atlasCidrBlock" | "region"
  asked: string
  /** Null when Atlas does not say. */
  got: string | null
}

const everyRegion = "every region"

/**
 * In what a container that Atlas made differs from the one that was asked for; empty when it does not. Atlas has been seen to give
 * the container that was there, with a block of its own, in the place of the one that was asked for.
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
