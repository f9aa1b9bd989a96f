import type { ProviderName } from "@peering-desk/shared-schemas"
import { explainNotPlain } from "#formats/not-plain.ts"
import { formatAtlasCli } from "./atlas-cli.ts"
import { formatCurl } from "./curl.ts"
import { formatCloudFormation, formatJson } from "./json.ts"
import { formatCrossplaneYaml, formatOperatorYaml } from "./kubernetes.ts"
import { listMissingNotes, type ExportSubject, type WrittenCode } from "./export-subject.ts"
import { formatTerraform } from "./terraform.ts"

/** One language for a draft or a peering. */
export interface CodeExport {
  id: string
  title: string
  language: "shell" | "hcl" | "json" | "yaml"
  appliesTo: (providerName: ProviderName) => boolean
  write: (subject: ExportSubject) => WrittenCode
}

const isAny = () => true
const isAws = (providerName: ProviderName) => providerName === "AWS"

/** Refuses values that a terminal or a reader takes for something else, and notes the fields that are empty. */
function writePlain({ write, ...one }: CodeExport): CodeExport {
  return {
    ...one,
    write: (subject) => {
      const { draft, container } = subject
      const reason = explainNotPlain(draft.request, draft.newContainer, container)
      if (reason !== null) return { text: "", notes: [`${reason} No code is shown.`] }
      const { text, notes } = write(subject)
      return { text, notes: text === "" ? notes : [...notes, ...listMissingNotes(subject)] }
    },
  }
}

const writers: readonly CodeExport[] = [
  { id: "curl", title: "curl", language: "shell", appliesTo: isAny, write: (subject) => formatCurl(subject) },
  {
    id: "curl-v2",
    title: "curl, API 2023-01-01",
    language: "shell",
    appliesTo: isAny,
    write: (subject) => formatCurl(subject, "2023-01-01"),
  },
  { id: "atlas-cli", title: "Atlas CLI", language: "shell", appliesTo: isAny, write: formatAtlasCli },
  { id: "terraform", title: "Terraform", language: "hcl", appliesTo: isAny, write: formatTerraform },
  {
    id: "cloudformation",
    title: "CloudFormation",
    language: "json",
    appliesTo: isAws,
    write: formatCloudFormation,
  },
  {
    id: "operator",
    title: "Kubernetes operator",
    language: "yaml",
    appliesTo: isAny,
    write: formatOperatorYaml,
  },
  { id: "crossplane", title: "Crossplane", language: "yaml", appliesTo: isAny, write: formatCrossplaneYaml },
  { id: "json", title: "JSON", language: "json", appliesTo: isAny, write: formatJson },
]

/** Every export, in the order of the page. */
export const exports: readonly CodeExport[] = writers.map(writePlain)
