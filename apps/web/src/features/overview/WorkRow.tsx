import type { ProviderName } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { Link } from "wouter"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import styles from "./worklist.module.css"

/** One thing to do: the whole row leads to it, and one button does it. */
export function WorkRow({
  path,
  cloud,
  href,
  title,
  place,
  sentence,
  time,
  tone,
  action,
}: {
  /** Its path, small. */
  path: ReactNode
  /** Null for a change that concerns all clouds. */
  cloud: ProviderName | null
  href: string
  title: string
  /** The name of its project. */
  place: string
  sentence: string
  time: ReactNode
  /** Of the time, where it presses. */
  tone?: "you" | "failed" | undefined
  action?: ReactNode
}) {
  return (
    <li className={`grid level line-below hover anchor gap-0 gap-x-12 high-44 pad-x-16 ${styles.row}`}>
      <span className={`grid ${styles.link}`}>{path}</span>
      <span className={`grid ${styles.mark}`}>{cloud !== null && <CloudMark cloud={cloud} />}</span>
      <span className={`narrow lines-18 ${styles.names}`}>
        <Link href={href} className="cover block cut plain-link strong" title={title}>
          {title}
        </Link>
        <span className="block cut quiet small lines-15">{place}</span>
      </span>
      <span className={`wrap quiet text-13 clip ${styles.sentence}`}>{sentence}</span>
      <span className={`inline gap-6 nowrap quiet text-13 number end ${styles.time}`} data-tone={tone}>
        {time}
      </span>
      <span className={`anchor on-top wide-parts ${styles.action}`}>{action}</span>
      <span className={`grid faint ${styles.chevron}`}>
        <Icon name="chevron-right" />
      </span>
    </li>
  )
}

/** Holds the place of a row. */
export function SkeletonRow() {
  return (
    <div className={`grid level line-below hover anchor gap-0 gap-x-12 high-44 pad-x-16 ${styles.row}`}>
      <Skeleton width="short" />
      <span />
      <Skeleton />
      <Skeleton width="long" />
    </div>
  )
}
