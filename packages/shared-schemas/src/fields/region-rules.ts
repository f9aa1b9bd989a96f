import { toAtlasRegionName } from "#clouds/aws-region-id.ts"
import { awsRegions } from "#clouds/aws-regions.ts"
import { azureRegions } from "#clouds/azure-regions.ts"
import { gcpRegions } from "#clouds/gcp-regions.ts"
import type { ProviderName } from "#clouds/provider.ts"
import { suggest, type FieldRule, type Rule } from "./field.ts"

const awsRule: Rule = (text) => {
  if (Object.hasOwn(awsRegions, text)) return null
  const name = toAtlasRegionName(text)
  return Object.hasOwn(awsRegions, name)
    ? suggest("Use Atlas's name:", name)
    : `Atlas isn't available in AWS region ${text}`
}

/** Atlas names these differently from the clouds. */
function namedRule(cloud: string, regions: Readonly<Record<string, string>>): Rule {
  return (text) => {
    if (Object.hasOwn(regions, text)) return null
    const name = Object.keys(regions).find((one) => regions[one] === text.toLowerCase())
    return name === undefined
      ? `Atlas isn't available in ${cloud} region ${text}`
      : suggest(`Use Atlas's name for ${text}:`, name)
  }
}

const missing = "Choose the Atlas region"

/** The region of a new container, in Atlas's names; on Google Cloud one of several. */
export const atlasRegionRules: Readonly<Record<ProviderName, FieldRule>> = {
  AWS: { missing, rule: awsRule },
  GCP: { missing, rule: namedRule("Google Cloud", gcpRegions) },
  AZURE: { missing, rule: namedRule("Azure", azureRegions) },
}

/** Lists the spellings of a region: `Europe (Frankfurt)` is AWS's console, `(Europe) West Europe` Azure's portal. */
export function listRegionSpellings(text: string): string[] {
  return [...(/\(([^)]+)\)$/.exec(text)?.slice(1) ?? []), text.replace(/^\([^)]*\)\s*/, "")]
}
