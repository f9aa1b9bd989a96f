import { networkFields } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useNetworkFacts } from "#api/peerings/network-facts.ts"
import { timelineQuery } from "#api/peerings/timeline.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { toFormPath, toReplacementOf } from "#shared/connection-link.ts"
import { isLocked } from "#shared/managed.ts"
import { usePermissions } from "#shared/permissions.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { useNow } from "#ui/time/now.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { NoRight } from "./EndPanel.tsx"
import { Panel } from "./Panel.tsx"
import { toRepair, type Repair, type RepairField } from "./repair.ts"
import styles from "./Panel.module.css"

/** A failed connection: its cause from the evidence, the wrong value in place, and the request with a better one. */
export function RepairPanel() {
  const { peering, container } = useConnectionPage()
  const { projectId, id, peer, leftAvailableAt } = peering
  const { mayChange } = usePermissions()
  const now = useNow()
  const facts = useNetworkFacts(peering)
  const timeline = useQuery(timelineQuery(projectId, id)).data
  const last = timeline?.observations.at(-1) ?? null
  const repair = toRepair(peering, container, { facts, last, now })
  const { fields } = repair
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const draft = toReplacementOf(peer, container)
  const corrected = fields
    .filter(({ isSuspected }) => isSuspected)
    .map(({ name, value, found }): [string, string] => [name, typed[name] ?? found ?? value])
  const request: Record<string, string> = { ...draft.request, ...Object.fromEntries(corrected) }
  const another = Object.fromEntries(
    Object.entries(request).filter(([name]) => name !== networkFields[peer.providerName]),
  )
  const form = (values: Record<string, string>) => toFormPath(projectId, { ...draft, request: values })
  return (
    <Panel
      title={repair.title}
      actions={
        isLocked(peering) ? undefined : mayChange ? (
          <Acts
            repair={repair}
            network={peer.providerName === "AWS" ? "VPC" : "network"}
            toOther={form(another)}
            toCorrect={form(request)}
          />
        ) : (
          <NoRight />
        )
      }
      aside={
        fields.some(({ isSuspected }) => isSuspected) && (
          <div className={`fields card ${styles.fields}`}>
            {fields.map((field) => (
              <Field
                key={field.name}
                field={field}
                value={typed[field.name] ?? field.found ?? field.value}
                isEditable={mayChange && !isLocked(peering)}
                onChange={(value) => setTyped({ ...typed, [field.name]: value })}
              />
            ))}
          </div>
        )
      }
    >
      <p>
        {repair.todo}
        {leftAvailableAt !== null && (
          <>
            {" "}
            Was available until <Timestamp at={leftAvailableAt} />.
          </>
        )}
      </p>
      <ul className="above-12 text-13 lines-18" aria-label="Evidence">
        {repair.evidence.map(({ at, says, source }) => (
          <li key={`${at} ${says}`} className={`grid gap-x-12 ${styles.evidence}`}>
            <Timestamp at={at} toTheSecond />
            <span className="ink wrap">{says}</span>
            <span className="faint">{source}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Acts({
  repair: { acts, isNetworkGone },
  network,
  toOther,
  toCorrect,
}: {
  repair: Repair
  network: string
  /** Leads to the form, to connect another network. */
  toOther: string
  /** Leads to the form with the corrected values. */
  toCorrect: string
}) {
  const { openDialog, showStop } = useConnectionPage()
  if (isNetworkGone)
    return (
      <PageLink kind="primary" href={toOther}>
        Connect another {network}
      </PageLink>
    )
  if (acts.includes("correct")) {
    const lacksRole = acts.includes("show-azure-steps")
    return (
      <>
        {lacksRole && (
          <Button kind="primary" onClick={() => showStop("role")}>
            Assign Atlas's role
          </Button>
        )}
        <PageLink kind={lacksRole ? "secondary" : "primary"} href={toCorrect}>
          Correct and request again
        </PageLink>
      </>
    )
  }
  return acts.includes("request-again") ? (
    <Button kind="primary" onClick={() => openDialog("request-again")}>
      Delete and request again
    </Button>
  ) : (
    <Button kind="primary" onClick={() => openDialog("delete")}>
      Delete again…
    </Button>
  )
}

function Field({
  field: { label, value: given, isSuspected, found },
  value,
  isEditable,
  onChange,
}: {
  field: RepairField
  value: string
  isEditable: boolean
  onChange: (value: string) => void
}) {
  return (
    <TextField
      label={label}
      mono
      value={value}
      readOnly={!isSuspected || !isEditable}
      hint={found !== null ? `was ${given}, found there` : isSuspected ? "Check this value" : " "}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
