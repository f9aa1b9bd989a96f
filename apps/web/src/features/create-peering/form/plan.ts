import type { Container, PeeringDraft, Verdict } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { containersKey } from "#api/projects/containers.ts"
import { invalidateVerdicts, preflightQuery } from "#api/projects/preflight.ts"
import { getProblem } from "#api/request-error.ts"

/**
 * Returns the hash of the plan that the person sees, however old: the server checks if it still holds. Asks the server when so far only
 * the browser checked the draft. Returns null when the server's verdict differs from the shown one, which then replaces it on the page.
 * @param shown null when the page shows no verdict
 */
export async function confirmPlan(
  client: QueryClient,
  projectId: string,
  draft: PeeringDraft,
  shown: Verdict | null,
): Promise<{ planHash?: string } | null> {
  const query = preflightQuery(projectId, draft)
  const known = client.getQueryData(query.queryKey)
  const answer = known ?? (await client.fetchQuery(query).catch(() => null))
  if (answer === null) return {}
  if (known === undefined && shown !== null && !isSameVerdict(shown, answer.verdict)) return null
  return answer.planHash === null ? {} : { planHash: answer.planHash }
}

/** Takes a failed create into the cache: the server's verdict, and a container that was created before the failure. */
export function cacheFailedCreate(
  client: QueryClient,
  projectId: string,
  draft: PeeringDraft,
  error: unknown,
): void {
  const { preflight, made, atlas } = getProblem(error) ?? {}
  if (preflight !== undefined) client.setQueryData(preflightQuery(projectId, draft).queryKey, preflight)
  if (made !== undefined) {
    client.setQueryData<Container[]>(containersKey(projectId), (all) => addContainer(all, made))
    void client.invalidateQueries({ queryKey: containersKey(projectId) })
  }
  // Atlas refused what the verdict allowed, so the lists under the verdict are out of date.
  if (preflight !== undefined || made !== undefined || atlas !== undefined)
    invalidateVerdicts(client, projectId, preflight && draft)
}

function addContainer(all: Container[] | undefined, made: Container): Container[] | undefined {
  const isMade = ({ id, providerName }: Container) => id === made.id && providerName === made.providerName
  return all === undefined || all.some(isMade) ? all : [...all, made]
}

/** Compares plans and the findings behind them. */
function isSameVerdict(one: Verdict, other: Verdict): boolean {
  const toFindings = ({ checks, plan }: Verdict) =>
    JSON.stringify([plan, checks.map(({ id, status, says }) => [id, status, says])])
  return toFindings(one) === toFindings(other)
}
