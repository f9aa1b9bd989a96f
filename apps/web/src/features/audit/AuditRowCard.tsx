import type { AuditFields, AuditRow } from "@peering-desk/shared-schemas"
import { Card } from "#ui/Card.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { formatFullMoment } from "#ui/time/times.ts"
import { toActorName, toOutcomeWords } from "#copy/audit.ts"
import styles from "./audit.module.css"

/** All fields of one row. */
export function AuditRowCard({ row }: { row: AuditRow }) {
  const outcome = toOutcomeWords(row)
  return (
    <Card title={`Row ${row.sequence}: ${row.kind}`}>
      <DescriptionList>
        {outcome !== null && (
          <Fact label="Outcome">
            <Pill tone={outcome.tone}>{outcome.words}</Pill>
          </Fact>
        )}
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
      </DescriptionList>
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

/** The fields before and after a change, differences in bold. A new thing has no fields before. */
function Changes({ before, after }: { before: AuditFields | null; after: AuditFields | null }) {
  const sides = [
    { title: "Before", fields: before },
    { title: "After", fields: after },
  ].filter(({ fields }) => fields !== null)
  const names = [...new Set(sides.flatMap(({ fields }) => Object.keys(fields ?? {})))]
  const isChanged = (name: string) => sides.length > 1 && before?.[name] !== after?.[name]
  return (
    <table className={styles.changes}>
      <caption>{sides.length > 1 ? "What changed" : "What it is about"}</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {sides.map(({ title }) => (
            <th scope="col" key={title}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className={isChanged(name) ? styles.changed : undefined}>
            <th scope="row">{name}</th>
            {sides.map(({ title, fields }) => (
              <td key={title}>
                <Value of={fields?.[name]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ of }: { of: AuditFields[string] | undefined }) {
  if (of === undefined || of === null) return <span className={styles.none}>none</span>
  return <code>{String(of)}</code>
}
