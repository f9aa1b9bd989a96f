import type {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  ProviderName,
} from "@peering-desk/shared-schemas"

/** What a pasted text was recognised as. */
export type PastedSource =
  | "aws-arn"
  | "aws-json"
  | "aws-console"
  | "gcp-self-link"
  | "gcp-network"
  | "azure-resource-id"
  | "azure-json"
  | "terraform"
  | "kubernetes"
  | "atlas-cli"
  | "curl"
  | "atlas-json"
  | "identifier"
  | "text"
  | "nothing"

/** The source, to stand after "This is ". */
export const pastedSourceWords: Readonly<Record<PastedSource, string>> = {
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
}

export type RequestField = Exclude<
  keyof AwsPeeringRequest | keyof GcpPeeringRequest | keyof AzurePeeringRequest,
  "providerName"
>
export type ContainerField = "atlasCidrBlock" | "region" | "regions"
/** Every field of a draft that a text may tell. */
export type PastedField = RequestField | ContainerField | "networkBlocks"

/** The part of a `PeeringDraft` that a text tells. Every value passes its field's own rule. */
interface PastedFields {
  request: Partial<Record<RequestField, string>>
  /** Null when nothing tells of a container to be made; else `request.containerId` is "new". */
  newContainer: { atlasCidrBlock?: string; region?: string; regions?: string[] } | null
  /** What is told of the network's addresses beside the block that Atlas is told; left out when nothing is. */
  networkBlocks?: string[]
}

export interface PastedNote {
  kind: "not-understood" | "contradiction" | "translated" | "good-to-know"
  /** The field it is about; null when it is about none. */
  field: PastedField | null
  /** One or two sentences. */
  says: string
}

/** What a pasted text holds for the form. */
export interface Pasted {
  source: PastedSource
  /** Null when the text tells no cloud. */
  providerName: ProviderName | null
  fields: PastedFields
  notes: readonly PastedNote[]
  /** What a person has to choose from, when the text has more than one meaning; `fields` then holds what all of them share. */
  choices: readonly { title: string; pasted: Pasted }[]
}
