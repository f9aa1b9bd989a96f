import {
  awsRegions,
  newContainerMark,
  readContainerRegion,
  toAtlasRegionName,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { Copyable } from "#ui/Copyable.tsx"
import type { RadioCard } from "#ui/fields/RadioCards.tsx"

/** Builds the card of a container. */
export function toContainerCard(container: Container): RadioCard {
  return {
    value: container.id,
    title: toPlace(container),
    detail: (
      <>
        <code>{container.atlasCidrBlock ?? "address block not known"}</code>
        {typeof container.provisioned === "boolean" &&
          (container.provisioned ? " · in use, so its block is fixed" : " · not in use yet")}
      </>
    ),
    aside: (
      <Copyable
        value={container.id}
        shown={`${container.id.slice(0, 4)}…${container.id.slice(-4)}`}
        label={`container id ${container.id}`}
      />
    ),
  }
}

/** Builds the card of a container that Atlas creates together with the peering. */
export function toNewContainerCard(providerName: ProviderName): RadioCard {
  return {
    value: newContainerMark,
    title: "A new container",
    detail:
      providerName === "GCP"
        ? "Made with the connection: one for the whole project, with a block of your choice"
        : "Made with the connection: one for a region, with a block of your choice",
  }
}

function toPlace(container: Container) {
  const region = readContainerRegion(container)
  if (region === null) return container.providerName === "GCP" ? "All regions" : "Region not known"
  const place = container.providerName === "AWS" ? awsRegions[toAtlasRegionName(region)] : undefined
  return place === undefined ? (
    region
  ) : (
    <>
      {place} <code>{region}</code>
    </>
  )
}
