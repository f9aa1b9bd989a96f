import { checkDraftPolicies, toVerdict } from "@peering-desk/peering-rules"
import type {
  CreatePeering,
  PeeringDraft,
  PreflightAnswer,
  ProjectAddresses,
  Verdict,
} from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Access } from "#sign-in/access.ts"
import { toContentHash } from "#base/content-hash.ts"
import type { SnapshotReader } from "./snapshot-reader.ts"

/** Computes the verdict on a draft. The caller takes in the news of its cloud before. Sends no write to Atlas, and reads only lists that are not fresh. */
export async function preflight(
  snapshotReader: SnapshotReader,
  projectId: string,
  access: Access,
  draft: PeeringDraft,
  without: string | null = null,
): Promise<PreflightAnswer> {
  const snapshot = await snapshotReader.readSnapshot(projectId, access, draft.providerName)
  const findings = await snapshotReader.judgePolicies(projectId, draft, without ?? draft.replaces ?? null)
  const policyChecks = findings === null ? [] : checkDraftPolicies(findings, draft, snapshot.here.project)
  const { project, peers } = snapshot.here
  const networkFacts = await snapshotReader.readFacts(project, draft, peers)
  const judged = { ...snapshot, policyChecks, networkFacts }
  const verdict = toVerdict(draft, without === null ? judged : leaveOut(judged, without))
  return { verdict, planHash: toPlanHash(verdict) }
}

function leaveOut<Snapshot extends { here: ProjectAddresses }>(snapshot: Snapshot, id: string): Snapshot {
  const peers = snapshot.here.peers.filter((peer) => peer.id !== id)
  return { ...snapshot, here: { ...snapshot.here, peers } }
}

type JudgedCreate = Pick<
  CreatePeering,
  "request" | "newContainer" | "networkBlocks" | "peeredBlocks" | "facts"
> & {
  projectId: string
  access: Access
}

/**
 * Computes the verdict on a create.
 * @param without id of a peering that is deleted before; null for none
 */
export async function preflightCreate(
  snapshotReader: SnapshotReader,
  { projectId, access, ...create }: JudgedCreate,
  without: string | null = null,
): Promise<PreflightAnswer> {
  return await preflight(snapshotReader, projectId, access, toDraft(create), without)
}

/**
 * Refuses a create that Atlas would refuse, as far as we can tell.
 * @param without id of a peering that is deleted before; null for none
 * @throws AppError `preflight_refused`, or `plan_changed` if the plan differs from the one that the person saw
 */
export async function checkPreflight(
  snapshotReader: SnapshotReader,
  { planHash: seen, ...create }: JudgedCreate & Pick<CreatePeering, "planHash">,
  without: string | null = null,
): Promise<void> {
  const answer = await preflightCreate(snapshotReader, create, without)
  refuseRed(answer)
  const { planHash } = answer
  // Without a plan hash some list could not be read. The steps follow from the request anyway, and Atlas decides the rest.
  if (seen !== undefined && planHash !== null && seen !== planHash)
    throw new AppError("plan_changed", { preflight: answer })
}

/** @throws AppError `preflight_refused` for a red verdict */
export function refuseRed(answer: PreflightAnswer): void {
  const { verdict } = answer
  if (verdict.status !== "red") return
  const red = verdict.checks.filter(({ status }) => status === "red")
  throw new AppError("preflight_refused", {
    detail: red.map(({ says }) => says).join(". "),
    fields: toFields(verdict),
    preflight: answer,
  })
}

function toPlanHash({ plan, checks }: Verdict): string | null {
  if (plan === null) return null
  // Whether policies can be read at the moment changes nothing of the plan.
  const told = checks.filter(({ id, status }) => id !== "policies" || status === "amber")
  const found = told.map(({ id, status, errorCode }) => ({ id, status, errorCode }))
  return toContentHash({ steps: plan.steps, checks: found })
}

function toFields({ checks }: Verdict): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { status, field, says } of checks) if (status === "red" && field !== null) fields[field] ??= says
  return fields
}

/** Builds the draft of a request. */
function toDraft({
  request,
  newContainer,
  networkBlocks,
  peeredBlocks,
  facts,
}: Omit<JudgedCreate, "projectId" | "access">): PeeringDraft {
  const { providerName, ...fields } = request
  const draft = {
    providerName,
    request: fields,
    ...(networkBlocks && { networkBlocks }),
    ...(peeredBlocks && { peeredBlocks }),
    ...(facts && { facts }),
  }
  if (newContainer === undefined) return draft
  const { atlasCidrBlock } = newContainer
  switch (newContainer.providerName) {
    case "AWS":
      return { ...draft, newContainer: { atlasCidrBlock, region: newContainer.regionName } }
    case "AZURE":
      return { ...draft, newContainer: { atlasCidrBlock, region: newContainer.region } }
    case "GCP": {
      const { regions } = newContainer
      return { ...draft, newContainer: { atlasCidrBlock, ...(regions && { regions }) } }
    }
  }
}
