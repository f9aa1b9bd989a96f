import type { ReactNode } from "react"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import styles from "./entry.module.css"

/** The page of a person who is outside: a card in the middle, without the frame of the application. */
export function EntryCard({
  title,
  windowTitle,
  foot,
  isWide = false,
  children,
}: {
  title: string
  windowTitle?: string
  /** A line at the bottom of the window. */
  foot?: ReactNode
  /** More than a sentence and a button. */
  isWide?: boolean
  children: ReactNode
}) {
  return (
    <div className={`grid anchor clip one-column pad-16 ${styles.sheet}`}>
      <Picture />
      <main id="page" className={`max-full ${styles.card} ${isWide ? styles.wide : ""}`}>
        <span className={`shell-mark ${styles.mark}`} />
        <PageHeader title={title} windowTitle={windowTitle ?? title} />
        {children}
      </main>
      {foot !== undefined && <footer className={`center quiet small lines-16 ${styles.foot}`}>{foot}</footer>}
    </div>
  )
}

/** The clouds of the networks. */
export function Clouds() {
  return (
    <ul className={`flow centred line-above quiet small ${styles.clouds}`} aria-label="Clouds">
      <li className="line">
        <CloudMark cloud="AWS" decorative /> AWS
      </li>
      <li className="line">
        <CloudMark cloud="GCP" decorative /> Google Cloud
      </li>
      <li className="line">
        <CloudMark cloud="AZURE" decorative /> Azure
      </li>
    </ul>
  )
}

/** A request on its way: the network waits on the left, Atlas has done its side on the right. The card covers the middle. */
function Picture() {
  return (
    <div className={`flex split afloat ${styles.picture}`} aria-hidden="true">
      <div className={`anchor quiet medium ${styles.network}`}>
        <span className="afloat center nowrap">Your network</span>
      </div>
      <div className={`anchor quiet medium ${styles.atlas}`}>
        <span className="afloat center nowrap">MongoDB Atlas</span>
      </div>
    </div>
  )
}
