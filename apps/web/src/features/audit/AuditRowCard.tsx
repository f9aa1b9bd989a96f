import type { AuditFields, AuditRow } from "@peering-desk/shared-schemas"
import { Card } from "#ui/Card.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Fact, Facts } from "#ui/Facts.tsx"
import { Pill } from "#ui/Pill.tsx"
import { formatFullMoment } from "#ui/times.ts"
import { toActorName, toOutcomeWords } from "./audit-words.ts"
import styles from "./audit.module.css"

/** Everything that one row says. */
export function AuditRowCard({ row }: { row: AuditRow }) {
  const { tone, words } = toOutcomeWords(row)
  return (
    <Card title={`Row ${row.sequence}: ${row.kind}`}>
      <Facts>
        <Fact label="Outcome">
          <Pill tone={tone}>{words}</Pill>
        </Fact>
        <Fact label="When">
          <time dateTime={row.at}>{formatFullMoment(row.at)}</time>
        </Fact>
        <Fact label="Who">{toActorName(row)}</Fact>
        <Known label="Subject" value={row.actor?.subject} />
        <Known label="Identity provider" value={row.actor?.issuer} />
        <Known label="From" value={row.address} />
        {row.reason !== null && <Fact label="Reason">{row.reason}</Fact>}
        <KnownId label="Project id" value={row.projectId} />
        <KnownId label="Connection id" value={row.peeringId} />
        <Known label="Atlas answered" value={row.answerCode} />
        {Object.entries(row.detail ?? {}).map(([name, value]) => (
          <Known key={name} label={name} value={String(value)} />
        ))}
        <KnownId label="Hash of the request" value={row.requestHash} />
        <KnownId label="Hash of the row before" value={row.previousHash} />
        <KnownId label="Hash of this row" value={row.hash} />
      </Facts>
      {(row.before !== null || row.after !== null) && <Changes before={row.before} after={row.after} />}
    </Card>
  )
}

interface Text {
  label: string
  value: string | null | undefined
}

function Known({ label, value }: Text) {
  if (!value) return null
  return (
    <Fact label={label}>
      <code>{value}</code>
    </Fact>
  )
}

function KnownId({ label, value }: Text) {
  if (!value) return null
  return (
    <Fact label={label}>
      <Copyable label={label} value={value} />
    </Fact>
  )
}

function Changes({ before, after }: { before: AuditFields | null; after: AuditFields | null }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return (
    <table className={styles.changes}>
      <caption>What changed</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className={before?.[name] === after?.[name] ? undefined : styles.changed}>
            <th scope="row">{name}</th>
            <td>
              <Value of={before?.[name]} />
            </td>
            <td>
              <Value of={after?.[name]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ of }: { of: AuditFields[string] | undefined }) {
  return of === undefined ? <span className={styles.none}>none</span> : <code>{String(of)}</code>
}
