import type { ProviderName } from "@peering-desk/shared-schemas"
import { toAtlasCli } from "./atlas-cli.ts"
import { toCurl } from "./curl.ts"
import { toCloudFormation, toJson } from "./json.ts"
import { toCrossplaneYaml, toOperatorYaml } from "./kubernetes.ts"
import type { ExportSubject, WrittenCode } from "./export-subject.ts"
import { toTerraform } from "./terraform.ts"

/** One language for a draft or a peering. */
export interface CodeExport {
  id: string
  title: string
  language: "shell" | "hcl" | "json" | "yaml"
  appliesTo: (providerName: ProviderName) => boolean
  write: (subject: ExportSubject) => WrittenCode
}

const any = () => true

/** Every export, in the order of the page. */
export const exports: readonly CodeExport[] = [
  {
    id: "curl",
    title: "curl",
    language: "shell",
    appliesTo: any,
    write: (subject) => toCurl(subject, "v1.0"),
  },
  {
    id: "curl-v2",
    title: "curl, API 2023-01-01",
    language: "shell",
    appliesTo: any,
    write: (subject) => toCurl(subject, "2023-01-01"),
  },
  { id: "atlas-cli", title: "Atlas CLI", language: "shell", appliesTo: any, write: toAtlasCli },
  { id: "terraform", title: "Terraform", language: "hcl", appliesTo: any, write: toTerraform },
  {
    id: "cloudformation",
    title: "CloudFormation",
    language: "json",
    appliesTo: (providerName) => providerName === "AWS",
    write: toCloudFormation,
  },
  { id: "operator", title: "Kubernetes operator", language: "yaml", appliesTo: any, write: toOperatorYaml },
  { id: "crossplane", title: "Crossplane", language: "yaml", appliesTo: any, write: toCrossplaneYaml },
  { id: "json", title: "JSON", language: "json", appliesTo: any, write: toJson },
]
