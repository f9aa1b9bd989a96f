import type { Check, PeeringDraft, Project, ProviderName } from "@peering-desk/shared-schemas"
import { groupBy } from "#formats/group-by.ts"
import { quote } from "#formats/phrases.ts"
import { toKeyNoun } from "#draft/key-noun.ts"
import type { PolicyFindings, PolicyRuling } from "#draft/project-snapshot.ts"
import { createCheck } from "./check.ts"

const networks: Record<ProviderName, string> = { AWS: "this VPC", GCP: "this network", AZURE: "this VNet" }
/** So many rows name a policy each; the rest is counted. */
const mostNamed = 5
const longestDescription = 300
const refusal = "ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED"

/** Checks what resource policies say of the network of a draft. */
export function checkDraftPolicies(
  findings: PolicyFindings,
  { providerName }: Pick<PeeringDraft, "providerName">,
  project: Pick<Project, "keyKind">,
): Check[] {
  return checkPolicies(findings, networks[providerName], project)
}

/**
 * Turns what resource policies say of a change into checks: red where Atlas refuses it by either reading, and never green for a policy
 * that was not evaluated.
 * @param subject what a policy would forbid, such as `this VPC`
 */
export function checkPolicies(
  { rulings, problem }: PolicyFindings,
  subject: string,
  { keyKind }: Pick<Project, "keyKind">,
): Check[] {
  const basedOn = `${rulings.length} resource ${sayPolicies(rulings.length)} of the organization`
  const check = createCheck("policies", { basedOn })
  const those = (says: PolicyRuling["says"]) => rulings.filter((ruling) => ruling.says === says)
  const forbidding = those("forbids")
  const doubtful = those("may-forbid")
  const checks = [
    ...forbidding
      .slice(0, mostNamed)
      .map((ruling) =>
        check.red(refusal, `Policy "${quote(ruling.name)}" forbids ${subject}${describe(ruling)}`),
      ),
    ...sayMore(forbidding, (more) => check.red(refusal, `${more} forbid ${subject} too`)),
    ...doubtful
      .slice(0, mostNamed)
      .map(({ name, ...ruling }) =>
        check.amber(
          `Policy "${quote(name)}" may forbid ${subject}${describe(ruling)}. It forbids it either as things are now or as they will be, and MongoDB does not say which one Atlas looks at`,
          refusal,
        ),
      ),
    ...sayMore(doubtful, (more) => check.amber(`${more} may forbid ${subject} too`, refusal)),
    ...groupByReason(those("not-checked")).map((says) => check.unchecked(says)),
  ]
  if (problem !== null) return [...checks, check.unchecked(sayProblem(problem, keyKind))]
  if (checks.length > 0 || rulings.length === 0) return checks
  return [check.green(`The organization's resource policies allow ${subject}`)]
}

function describe({ description }: Pick<PolicyRuling, "description">): string {
  if (description === null) return ""
  const text = description.slice(0, longestDescription).trim()
  return `: ${text.replace(/[.\s]+$/, "")}${description.length > longestDescription ? "…" : ""}`
}

function sayMore(rulings: readonly PolicyRuling[], build: (more: string) => Check): Check[] {
  const more = rulings.length - mostNamed
  return more > 0 ? [build(`${more} more ${sayPolicies(more)}`)] : []
}

const sayPolicies = (count: number) => (count === 1 ? "policy" : "policies")

function groupByReason(rulings: readonly PolicyRuling[]): string[] {
  return [...groupBy(rulings, ({ why }) => why ?? "")].map(([why, own]) => {
    const names = own.map(({ name }) => `"${quote(name)}"`)
    const more = names.length - mostNamed
    const named = names.slice(0, mostNamed).join(", ")
    return `${names.length === 1 ? "Policy" : "Policies"} ${named}${more > 0 ? ` and ${more} more` : ""} not checked: ${why}`
  })
}

function sayProblem(problem: NonNullable<PolicyFindings["problem"]>, kind: Project["keyKind"]): string {
  if (problem === "unread")
    return "Policies not checked: the organization's resource policies couldn't be read from Atlas"
  return `Policies not checked: the Atlas ${toKeyNoun(kind)} can't read the organization's resource policies. An organization owner can give it the role Organization Read Only`
}
