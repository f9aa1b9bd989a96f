import type { KeyReport } from "@peering-desk/shared-schemas"
import { AtlasSays } from "#ui/AtlasSays.tsx"
import { Card } from "#ui/Card.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { toKeyState, toRoleLines } from "#copy/keys.ts"
import styles from "./keys.module.css"

const kinds = {
  digest: { name: "API key", id: "Public key" },
  "service-account": { name: "Service account", id: "Client id" },
}

/** One Atlas credential with its last test. */
export function KeyCard({ report }: { report: KeyReport }) {
  const { label, kind, maskedId, serves, reach, shortcomings, accessListSays, problem, checkedAt } = report
  const { tone, words } = toKeyState(report)
  const roles = toRoleLines(report)
  return (
    <Card
      title={
        <span className={styles.title}>
          {label} <Pill tone={tone}>{words}</Pill>
        </span>
      }
    >
      <div className={styles.body}>
        {problem !== null && (
          <Notice tone="failed" title={problem.means}>
            {problem.fix !== null && <p>{problem.fix}</p>}
            {problem.addressSeen !== null && (
              <p>
                Atlas saw this server at{" "}
                <Copyable value={problem.addressSeen} label="address that Atlas saw" />
              </p>
            )}
            {problem.atlas !== null && <AtlasSays {...problem.atlas} />}
          </Notice>
        )}
        {shortcomings.map(({ projectId, says }) => (
          <Notice key={projectId} tone="you" title={says} />
        ))}
        <DescriptionList>
          <Fact label="Kind">{kinds[kind].name}</Fact>
          <Fact label={kinds[kind].id}>
            <code>{maskedId}</code>
          </Fact>
          <Fact label="Configured for">
            {serves === "*" ? "every project that no other key names" : <Lines lines={serves} />}
          </Fact>
          <Fact label="Roles">{roles === null ? notKnown : <Lines lines={roles} />}</Fact>
          <Fact label="API access list">{accessListSays ?? notKnown}</Fact>
          <Fact label="Last tested">{checkedAt === null ? "not yet" : <Timestamp at={checkedAt} />}</Fact>
        </DescriptionList>
        {reach !== null && (
          <div>
            <h3>Projects it serves</h3>
            {reach.length === 0 && <p>None</p>}
            <ul className={styles.reach}>
              {reach.map(({ id, name, keyMayCreate }) => (
                <li key={id}>
                  <span>
                    {name} <code>{id}</code>
                  </span>
                  <Pill tone={createTones[keyMayCreate]}>{createWords[keyMayCreate]}</Pill>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Card>
  )
}

const notKnown = <span className={styles.none}>not known</span>

const createWords = {
  yes: "may create connections",
  no: "can't create connections",
  unknown: "not known whether it may create",
} as const
const createTones = { yes: "works", no: "you", unknown: "unknown" } as const

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return "none"
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <code>{line}</code>
        </li>
      ))}
    </ul>
  )
}
