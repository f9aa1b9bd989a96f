import {
  AccessList,
  AccessListEntry,
  AddressSpace,
  AddToAccessList,
  ChangePrivateIpMode,
  ChangeReason,
  Container,
  ContainerList,
  CreateContainer,
  CreatePeering,
  Installation,
  Inventory,
  KeepPreset,
  Peering,
  PeeringDraft,
  PeeringList,
  PreflightAnswer,
  Preset,
  PresetList,
  PrivateIpMode,
  ProjectList,
} from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import { followOperations } from "./follow-operations.ts"
import { oversightOperations } from "./oversight-operations.ts"

/** One method at one address, as the description of the API has it. */
export interface Operation {
  method: "get" | "post" | "put" | "patch" | "delete"
  path: string
  /** Query parameters that must be given, and that may be. */
  needs?: readonly string[]
  query?: readonly string[]
  summary: string
  status: 200 | 201 | 202 | 204
  /** Left out of an answer without content, and of one that is text of these media types. */
  answer?: z.ZodMiniType
  text?: readonly string[]
  body?: z.ZodMiniType
  /** Whether it takes an Idempotency-Key. */
  once?: true
}

export const operations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/installation",
    summary: "Which Atlas this server speaks to",
    status: 200,
    answer: Installation,
  },
  { method: "get", path: "/api/projects", summary: "The projects", status: 200, answer: ProjectList },
  {
    method: "get",
    path: "/api/projects/{projectId}/containers",
    summary: "A project's Atlas containers in all clouds",
    status: 200,
    answer: ContainerList,
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/peerings",
    summary: "A project's peering connections in all clouds",
    status: 200,
    answer: PeeringList,
  },
  {
    method: "post",
    path: "/api/projects/{projectId}/peerings",
    summary: "Ask Atlas for a new peering connection, once per Idempotency-Key",
    status: 201,
    answer: Peering,
    body: CreatePeering,
    once: true,
  },
  {
    method: "post",
    path: "/api/projects/{projectId}/preflight",
    summary: "Whether Atlas would take a connection, filled in as far as it is; changes nothing",
    status: 200,
    answer: PreflightAnswer,
    body: PeeringDraft,
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/presets",
    summary: "The half-filled forms that a team keeps for its project",
    status: 200,
    answer: PresetList,
  },
  {
    method: "post",
    path: "/api/projects/{projectId}/presets",
    summary: "Keep a half-filled form; one of the same name is replaced",
    status: 200,
    answer: Preset,
    body: KeepPreset,
  },
  {
    method: "delete",
    path: "/api/projects/{projectId}/presets/{presetId}",
    summary: "Take one away",
    status: 204,
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/peerings/{peeringId}",
    summary: "One peering connection",
    status: 200,
    answer: Peering,
  },
  ...followOperations,
  ...oversightOperations,
  {
    method: "get",
    path: "/api/events",
    needs: ["projects"],
    summary: "What changes in projects, named by id and separated by commas, as server-sent events",
    status: 200,
    text: ["text/event-stream"],
  },
  {
    method: "get",
    path: "/api/openapi.json",
    summary: "This description",
    status: 200,
    answer: z.record(z.string(), z.unknown()),
  },
  {
    method: "get",
    path: "/api/inventory",
    summary: "Connections, containers, watches and quotas of every project that the person may see",
    status: 200,
    answer: Inventory,
  },
  {
    method: "post",
    path: "/api/projects/{projectId}/containers",
    summary: "Have Atlas make a container; the answer says what it made, which may differ",
    status: 201,
    answer: Container,
    body: CreateContainer,
  },
  {
    method: "delete",
    path: "/api/projects/{projectId}/containers/{containerId}",
    needs: ["providerName"],
    summary: "Have Atlas take a container away in which nothing lives",
    status: 204,
    body: ChangeReason,
  },
  {
    method: "patch",
    path: "/api/projects/{projectId}/private-ip-mode",
    summary: "Switch peering-only mode",
    status: 200,
    answer: PrivateIpMode,
    body: ChangePrivateIpMode,
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/access-list",
    query: ["status"],
    summary: "A project's IP access list, with the status of the entries that are named",
    status: 200,
    answer: AccessList,
  },
  {
    method: "post",
    path: "/api/projects/{projectId}/access-list",
    summary: "Put a private block or a security group on the IP access list",
    status: 201,
    answer: AccessListEntry,
    body: AddToAccessList,
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/private-ip-mode",
    summary: "Whether a project has peering-only mode switched on",
    status: 200,
    answer: PrivateIpMode,
  },
  {
    method: "get",
    path: "/api/address-space",
    query: ["project"],
    summary: "What takes up addresses in every project that the person may see",
    status: 200,
    answer: AddressSpace,
  },
]
