import type {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  ProviderName,
} from "@peering-desk/shared-schemas"

/** What a pasted text is recognised as, in words that follow "This is ". */
export const pastedSourceWords = {
  "aws-arn": "an AWS ARN",
  "aws-json": "what the AWS command line prints",
  "aws-console": "a page or address of the AWS console",
  "gcp-self-link": "a Google Cloud self-link",
  "gcp-network": "a Google Cloud network, as gcloud describes it",
  "azure-resource-id": "an Azure resource id",
  "azure-json": "what the Azure command line prints",
  terraform: "Terraform",
  kubernetes: "a Kubernetes resource for Atlas",
  "atlas-cli": "an Atlas CLI command",
  curl: "a curl command",
  "atlas-json": "JSON in Atlas's words",
  identifier: "a single identifier",
  text: "text with some identifiers in it",
  nothing: "nothing that is known here",
} as const
export type PastedSource = keyof typeof pastedSourceWords

export type RequestField = Exclude<
  keyof AwsPeeringRequest | keyof GcpPeeringRequest | keyof AzurePeeringRequest,
  "providerName"
>
/** Every field of a draft that a text may fill. */
export type PastedField = RequestField | "atlasCidrBlock" | "region" | "regions" | "networkBlocks"

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
  }
  /** What was left out, contradicts, was written in another way, or is good to know: one or two sentences each. */
  notes: readonly string[]
  /** What a person chooses from when the text has several meanings; `fields` then holds what all of them share. */
  choices: readonly { title: string; pasted: Pasted }[]
}
