import type {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  NetworkFacts,
  ProviderName,
} from "@peering-desk/shared-schemas"

/** What a pasted text is recognised as, in words that follow "This is ". */
export const pastedSourceWords = {
  "look-up": "the output of a look-up",
  "aws-arn": "an AWS ARN",
  "aws-json": "AWS CLI output",
  "aws-console": "an AWS console page or link",
  "gcp-self-link": "a Google Cloud self-link",
  "gcp-network": "gcloud output",
  "azure-resource-id": "an Azure resource ID",
  "azure-json": "Azure CLI output",
  terraform: "Terraform",
  cloudformation: "CloudFormation",
  code: "infrastructure code",
  kubernetes: "a Kubernetes resource",
  "atlas-cli": "an Atlas CLI command",
  curl: "a curl command",
  "atlas-json": "Atlas JSON",
  identifier: "a single ID",
  text: "text with IDs",
  nothing: "not recognized",
} as const
export type PastedSource = keyof typeof pastedSourceWords

export type RequestField = Exclude<
  keyof AwsPeeringRequest | keyof GcpPeeringRequest | keyof AzurePeeringRequest,
  "providerName"
>
/** Every field of a draft that a text may fill. */
export type PastedField = RequestField | "atlasCidrBlock" | "region" | "regions" | KnownBlocks
/** Fields of the form that only the checks use. */
export type KnownBlocks = "networkBlocks" | "peeredBlocks"

/** One of several values that a text has for a field. */
export interface Candidate {
  value: string
  /** The place in the text, with the words around it. */
  where: string
}

/** A field that a text has several values for. */
export interface OpenField {
  field: RequestField
  candidates: readonly Candidate[]
}

/** What a pasted text holds for the form. */
export interface Pasted {
  source: PastedSource
  /** Null when the text names no cloud. */
  providerName: ProviderName | null
  /** The part of a `PeeringDraft` that the text fills. Every value passes its field's own rule. */
  fields: {
    request: Partial<Record<RequestField, string>>
    /** Null unless the text describes a container to be made; then `request.containerId` is "new". */
    newContainer: { atlasCidrBlock?: string; region?: string; regions?: string[] } | null
    /** The network's addresses beside the block that Atlas gets; absent without them. */
    networkBlocks?: string[]
    /** The CIDRs of the networks that it is peered with, or their names; `none` for a network without peerings. */
    peeredBlocks?: string[]
    /** What the text tells of the network in its cloud; absent without any. */
    facts?: NetworkFacts
  }
  /** What was left out, contradicts, was written in another way, or is good to know: one or two sentences each. */
  notes: readonly string[]
  /** What a person chooses from when the text has several meanings; `fields` then holds what all of them share. */
  choices: readonly { title: string; pasted: Pasted }[]
  /** Fields left empty because the text has several values for each; absent without them. */
  open?: readonly OpenField[]
}
