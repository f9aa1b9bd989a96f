import type { Check } from "@peering-desk/shared-schemas"
import { Icon } from "#ui/marks/Icon.tsx"
import type { Tone } from "#ui/marks/Pill.tsx"
import styles from "./verdict.module.css"

/** Lists the checks of one status. */
export function CheckList({
  tone,
  title,
  checks,
  collapsed,
}: {
  tone: Tone
  title: string
  checks: readonly Check[]
  collapsed: boolean
}) {
  const head = `${title} (${checks.length})`
  const list = (
    <ul className={styles.checks}>
      {checks.map(({ id, field, says, errorCode, restsOn }) => (
        <li key={`${id} ${field} ${says}`} className={`${styles.check} ${styles[tone]}`}>
          <Icon name={tone} />
          <div className={styles.words}>
            <p>{says}</p>
            {(errorCode !== null || restsOn !== "") && (
              <p className={styles.facts}>
                {errorCode !== null && <code>{errorCode}</code>}
                {restsOn !== "" && <span>Rests on: {restsOn}</span>}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
  if (collapsed) {
    return (
      <details className={styles.group}>
        <summary>{head}</summary>
        {list}
      </details>
    )
  }
  return (
    <div className={styles.group}>
      <h3 className={styles.subtitle}>{head}</h3>
      {list}
    </div>
  )
}
