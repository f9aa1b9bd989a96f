import type { AuditFields, AuditRow } from "@peering-desk/shared-schemas"
import { Copyable } from "#ui/Copyable.tsx"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import { Section } from "#ui/Section.tsx"
import { formatFullMoment } from "#ui/time/times.ts"
import { getHappenedAt, toActorName, toDetailLabel, toOutcomeWords } from "#copy/audit.ts"
import styles from "./audit.module.css"

const kinds: Readonly<Record<string, string>> = { attempt: "Request", outcome: "Outcome", event: "Event" }

/** All fields of one entry. */
export function AuditRowSection({ row }: { row: AuditRow }) {
  const kind = kinds[row.kind] ?? row.kind
  const happenedAt = getHappenedAt(row)
  return (
    <Section title={`${kind} · entry ${row.sequence}`}>
      <DescriptionList>
        {row.outcome !== null && <Fact label="Outcome">{toOutcomeWords(row).words}</Fact>}
        <Fact label="Time">
          <time dateTime={happenedAt}>{formatFullMoment(happenedAt)}</time>
        </Fact>
        {happenedAt !== row.at && <Fact label="Read">{formatFullMoment(row.at)}</Fact>}
        <Fact label="By">{toActorName(row)}</Fact>
        <Known label="Subject" value={row.actor?.subject} />
        <Known label="Identity provider" value={row.actor?.issuer} />
        <Known label="Address" value={row.address} />
        {row.reason !== null && <Fact label="Reason">{row.reason}</Fact>}
        <KnownId label="Project ID" value={row.projectId} />
        <KnownId label="Connection ID" value={row.peeringId} />
        <Known label="Atlas response" value={row.answerCode} />
        {Object.entries(row.detail ?? {}).map(([name, value]) => (
          <Known key={name} label={toDetailLabel(name)} value={String(value)} />
        ))}
        <KnownId label="Request hash" value={row.requestHash} />
        <KnownId label="Previous entry's hash" value={row.previousHash} />
        <KnownId label="Entry hash" value={row.hash} />
      </DescriptionList>
      {(row.before !== null || row.after !== null) && <Changes before={row.before} after={row.after} />}
    </Section>
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
    <table className={`wide above-16 left wrap collapsed cells ${styles.changes}`}>
      <caption className="left strong">{sides.length > 1 ? "Changes" : "Values"}</caption>
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
          <tr key={name} className={isChanged(name) ? "strong" : undefined}>
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
  if (of === undefined || of === null) return <span className="faint">none</span>
  return <code>{String(of)}</code>
}
