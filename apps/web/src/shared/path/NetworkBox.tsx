import type { ProviderName } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { notGiven } from "#copy/peerings.ts"
import { CopyButton } from "#ui/CopyButton.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import type { PathNetwork } from "./path-networks.ts"
import styles from "./NetworkBox.module.css"

/** One of the two networks of the path, with what names it to copy. The stops in it are drawn over it. */
export function NetworkBox({
  side,
  network: { title, name, place, facts },
  cloud,
  children,
}: {
  side: "own" | "atlas"
  network: PathNetwork
  /** Null for Atlas. */
  cloud: ProviderName | null
  children?: ReactNode
}) {
  return (
    <>
      <div className={`edge-strong rounded on-raised anchor ${styles.box}`} data-side={side} />
      <div className={`narrow anchor ${styles.head}`} data-side={side}>
        {children}
        <div className={`line narrow high-20 ${styles.title}`}>
          {cloud === null ? (
            <span className={`still own-colours ${styles.mark}`} aria-hidden="true" />
          ) : (
            <CloudMark cloud={cloud} decorative />
          )}
          <h3 className="cut">
            {title}
            {name !== null && <span className="regular quiet"> · {name}</span>}
          </h3>
          <span className={`push quiet text-13 cut ${styles.place}`}>{place}</span>
        </div>
        <dl className={`flex narrow small wrapping gap-x-8 ${styles.facts}`}>
          {facts.map(({ label, value, shown = value }) => (
            <div key={label} className="inline gap-4 narrow">
              <dt className="faint">{label}</dt>
              <dd className="inline gap-2 narrow">
                {value === null ? (
                  <span className="cut">{shown ?? notGiven}</span>
                ) : (
                  <code className="cut">{shown}</code>
                )}
                {value !== null && (
                  <CopyButton value={value} label={`${label} of ${title.replace("Your", "your")}`} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  )
}
