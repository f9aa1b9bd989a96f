import type { CheckStatus } from "@peering-desk/shared-schemas"
import { toFormPath } from "#shared/connection-link.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import { Pill, type Tone } from "#ui/marks/Pill.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { SelectField } from "#ui/fields/SelectField.tsx"
import styles from "./coverage.module.css"
import type { BatchEnd } from "./use-batch-create.ts"
import { needsPermission, type PickedDraft } from "./use-drafts.ts"

const verdicts: Record<CheckStatus, { tone: Tone; says: string }> = {
  red: { tone: "failed", says: "Can't create yet" },
  amber: { tone: "you", says: "Ready to create, with warnings" },
  unchecked: { tone: "unknown", says: "No problems found, not all checked" },
  open: { tone: "unknown", says: "Not checked yet" },
  note: { tone: "works", says: "Ready to create" },
  green: { tone: "works", says: "Ready to create" },
}

/** One draft: its ends, its verdict, and the problem of its last send. */
export function DraftItem({
  projectId,
  picked,
  end,
  locked,
  onNetwork,
  onDrop,
}: {
  projectId: string
  picked: PickedDraft
  end: BatchEnd | undefined
  locked: boolean
  onNetwork: (network: string) => void
  onDrop: () => void
}) {
  const { missing, network, draft, answer, error } = picked
  const verdict = answer?.verdict
  const title = `${missing.from} to ${missing.to}`
  const telling =
    verdict?.checks.filter(
      ({ status }) =>
        status !== "green" &&
        (status === verdict.status || (verdict.status === "unchecked" && status === "amber")),
    ) ?? []
  return (
    <li className={`grid top line-above wrap gap-8 gap-x-20 pad-y-12 ${styles.draft}`}>
      <div className="stack items-start gap-4">
        <h3>{title}</h3>
        {verdict !== undefined && (
          <Pill tone={verdicts[verdict.status].tone}>{verdicts[verdict.status].says}</Pill>
        )}
      </div>
      <div className="quiet small stack items-start gap-4">
        {missing.drafts.length === 1 ? (
          <p>{network}</p>
        ) : (
          <SelectField
            label={`VPC in ${missing.from}`}
            empty="Choose one"
            options={missing.drafts.map((one) => [one.network, one.network])}
            value={network}
            onChange={(one) => !locked && one !== null && onNetwork(one)}
          />
        )}
        {draft !== null && verdict === undefined && error === null && <p>Checking…</p>}
        {telling.map(({ id, says, errorCode }) => (
          <p key={`${id} ${says}`}>
            {says} {errorCode !== null && <code>{errorCode}</code>}
          </p>
        ))}
        {needsPermission(picked) && <p>Confirm Atlas's role on the VNet in the form.</p>}
        {error !== null && <RefusalNotice words={toProblemWords(error)} projectId={projectId} tone="you" />}
        {end !== undefined && end.kind !== "made" && (
          <RefusalNotice words={toProblemWords(end.error)} projectId={projectId} announce />
        )}
      </div>
      <div className={`flow ${styles.acts}`}>
        {draft !== null && (
          <PageLink size="small" aria-label={`Open in form: ${title}`} href={toFormPath(projectId, draft)}>
            Open in form
          </PageLink>
        )}
        <Button
          size="small"
          kind="quiet"
          aria-label={`Remove ${title}`}
          isBusy={locked}
          onClick={() => onDrop()}
        >
          Remove
        </Button>
      </div>
    </li>
  )
}
