import { readTerraformStateId } from "#values/terraform-state-id.ts"

const kinds: ReadonlyArray<readonly [RegExp, string]> = [
  [/^pcx-[0-9a-f]+$/i, "an AWS peering ID"],
  [/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/i, "an AWS VPC ID"],
  [/^subnet-[0-9a-f]+$/i, "an AWS subnet ID"],
  [/^sg-[0-9a-f]+$/i, "an AWS security group ID"],
  [/^arn:/i, "an AWS ARN"],
  [/^\d{12}$/, "an AWS account ID"],
  [/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, "an AWS region"],
  [/^\/?subscriptions\//i, "an Azure resource ID"],
  [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "an Azure UUID"],
  [/^(https?:\/\/[^/\s]+\/\S*)?projects\/[^/\s]+\/global\/networks\/[^/\s]+$/i, "a Google Cloud self-link"],
  [/^https?:\/\//i, "a web address"],
  [/^\d+(\.\d+){3}\/\d+$/, "a CIDR"],
  [/^[0-9a-f]{24}$/i, "an Atlas ID"],
  [/^[0-9a-f]{24}-[0-9a-f]{24}(-[a-z]+)?$/i, "a Terraform import ID"],
]

/** Names what kind of identifier a text is, for "this is …"; null for an unknown kind. */
export function nameKind(text: string): string | null {
  const kind = kinds.find(([pattern]) => pattern.test(text))?.[1] ?? null
  return kind ?? (readTerraformStateId(text) === null ? null : "a Terraform state ID")
}
