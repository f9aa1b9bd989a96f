import { readTerraformStateId } from "./terraform-state-id.ts"

const kinds: ReadonlyArray<readonly [RegExp, string]> = [
  [/^pcx-[0-9a-f]+$/i, "an AWS peering id"],
  [/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/i, "an AWS VPC id"],
  [/^subnet-[0-9a-f]+$/i, "an AWS subnet id"],
  [/^sg-[0-9a-f]+$/i, "an AWS security group id"],
  [/^arn:/i, "an AWS ARN"],
  [/^\d{12}$/, "an AWS account id"],
  [/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, "an AWS region"],
  [/^\/?subscriptions\//i, "an Azure resource id"],
  [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "an Azure UUID"],
  [/^(https?:\/\/[^/\s]+\/\S*)?projects\/[^/\s]+\/global\/networks\/[^/\s]+$/i, "a Google Cloud self-link"],
  [/^https?:\/\//i, "a web address"],
  [/^\d+(\.\d+){3}\/\d+$/, "an address block"],
  [/^[0-9a-f]{24}$/i, "an Atlas id"],
  [/^[0-9a-f]{24}-[0-9a-f]{24}(-[a-z]+)?$/i, "an import id of Terraform"],
]

/** Names what kind of identifier a text is, for "this is …"; null for an unknown kind. */
export function nameKind(text: string): string | null {
  const kind = kinds.find(([pattern]) => pattern.test(text))?.[1] ?? null
  return kind ?? (readTerraformStateId(text) === null ? null : "an id of Terraform's state")
}
