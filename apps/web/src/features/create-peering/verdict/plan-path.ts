import {
  readContainerRegion,
  type Container,
  type PeeringDraft,
  type Plan,
} from "@peering-desk/shared-schemas"
import { formatUsual } from "#copy/expiry-words.ts"
import { formatAccount } from "#copy/peerings.ts"
import type { UsualTimes } from "#shared/inventory/usual-times.ts"

/** One step from the button to a working connection. */
export interface PathStep {
  /** The side that does it; `done` is the end. */
  owner: "atlas" | "you" | "done"
  title: string
  detail: string
}

/**
 * Lists the steps of a plan and what follows them until the connection works.
 * @param container the chosen container; null for a new or unknown one
 * @param usual how long each status usually lasts in the draft's cloud, as far as known
 */
export function listPathSteps(
  draft: PeeringDraft,
  plan: Plan,
  container: Container | null,
  usual: UsualTimes,
): PathStep[] {
  const { providerName, request } = draft
  const isNew = plan.steps.some(({ kind }) => kind === "create-container")
  const vnet = request["vnetName"] ?? "the VNet"
  const requested: PathStep[] = [
    isNew ? toNewContainer(draft) : toReused(container),
    {
      owner: "atlas",
      title: "Request peering",
      detail: join("Atlas", formatUsual(usual[providerName === "AWS" ? "INITIATING" : "ADDING_PEER"])),
    },
  ]
  switch (providerName) {
    case "AWS":
      return [
        ...requested,
        {
          owner: "you",
          title: "Accept in AWS",
          detail: join(
            `Owner of ${formatAccount(request["awsAccountId"] ?? "")}`,
            formatUsual(usual["PENDING_ACCEPTANCE"]) ?? "within 7 days",
          ),
        },
        { owner: "done", title: "Available", detail: "Then routes, DNS and the IP access list" },
      ]
    case "GCP":
      return [
        ...requested,
        {
          owner: "you",
          title: "Peer from Google Cloud",
          detail: join(
            `Owner of ${request["gcpProjectId"] ?? "the project"}`,
            formatUsual(usual["WAITING_FOR_USER"]) ?? "no deadline",
          ),
        },
        { owner: "done", title: "Available", detail: "Then add your CIDR to the access list" },
      ]
    case "AZURE":
      return [
        { owner: "you", title: "Assign Atlas's role", detail: `Owner of ${vnet} · before creating` },
        ...requested,
        { owner: "done", title: "Available", detail: "No acceptance needed on Azure" },
      ]
  }
}

function join(who: string, when: string | null): string {
  return when === null ? who : `${who} · ${when}`
}

function toReused(container: Container | null): PathStep {
  const region = container && readContainerRegion(container)
  return {
    owner: "atlas",
    title: region ? `Reuse container ${region}` : "Reuse the container",
    detail: container?.atlasCidrBlock ?? "CIDR not known",
  }
}

function toNewContainer({ newContainer }: PeeringDraft): PathStep {
  const region = newContainer?.region ?? newContainer?.regions?.join(", ")
  return {
    owner: "atlas",
    title: region ? `Create container ${region}` : "Create the container",
    detail: newContainer?.atlasCidrBlock ?? "",
  }
}
