import { providerLabels, type Overview, type ProviderName } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { formatCount } from "#copy/counts.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { useAppPermissions } from "#shared/permissions.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Section } from "#ui/Section.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Activity } from "./Activity.tsx"
import styles from "./first-steps.module.css"
import overview from "./overview.module.css"

const clouds: readonly [ProviderName, network: string, needed: string, then: string][] = [
  ["AWS", "VPC", "Account ID, VPC ID, region, CIDR", "The VPC owner accepts within 7 days."],
  ["GCP", "VPC network", "Project ID, network name", "The network owner peers back."],
  ["AZURE", "Virtual network", "Directory, subscription, VNet", "Assign Atlas's role first. No acceptance."],
]

/** Takes the place of Overview while there is no connection: what one is, and the way to the first on each cloud. */
export function FirstSteps({ of: data }: { of: Overview }) {
  const { changes: mayChange } = useAppPermissions()
  return (
    <>
      <div className={`grid edge on-card gap-24 rounded-14 ${styles.hero}`}>
        <div className={`grid level gap-20 ${styles.drawing}`}>
          <p>
            <strong>Your network</strong>
            <span className="quiet small">AWS, Google Cloud or Azure</span>
          </p>
          <svg aria-hidden="true" className={`wide ${styles.line}`} preserveAspectRatio="none">
            <line x1="0" y1="50%" x2="100%" y2="50%" />
          </svg>
          <p>
            <strong>MongoDB Atlas</strong>
            <span className="quiet small">Project container</span>
          </p>
        </div>
        <p className="center medium text-16 lines-22">
          Connect a cloud network to MongoDB Atlas over private addresses, and follow it until it works.
        </p>
      </div>
      {mayChange && (
        <Section title="Start with your cloud">
          <ul className={`gap-16 grid ${styles.clouds}`}>
            {clouds.map(([cloud, network, needed, then]) => (
              <li
                key={cloud}
                className={`grid level gap-12 pad-y-16 pad-x-20 edge-strong rounded on-card hover anchor ${styles.cloud}`}
              >
                <CloudMark cloud={cloud} decorative />
                <div>
                  <Link
                    href={`${pagePaths.newConnectionAnywhere()}?provider=${cloud}`}
                    className={`cover plain-link text-16 ${styles.cloudLink}`}
                  >
                    {providerLabels[cloud]}
                  </Link>
                  <span className="quiet small block">{network}</span>
                </div>
                <Icon name="chevron-right" />
                <dl className={`line-above text-13 full-row grid gap-4 gap-x-12 ${styles.facts}`}>
                  <dt className="quiet">You need</dt>
                  <dd>{needed}</dd>
                  <dt className="quiet">Then</dt>
                  <dd>{then}</dd>
                </dl>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <div className={`grid top ${overview.columns}`}>
        <Section title="Ready to use">
          <Readiness of={data} />
        </Section>
        <Activity />
      </div>
    </>
  )
}

/** Lists what was read and what can't be read. Only a read fact is green. */
function Readiness({ of: { projectCount, reads } }: { of: Overview }) {
  const { oldestAt } = reads
  const isRead = reads.failing === null && oldestAt !== null
  return (
    <ul className={styles.checks}>
      <li className="row gap-2 gap-x-12 high-44 pad-y-6 line-above">
        <Icon name={isRead ? "works" : "you"} />
        <span>{isRead ? "Atlas is reachable" : "Some lists of Atlas could not be loaded"}</span>
        <span className="push quiet text-13">
          {formatCount(projectCount, "project")}
          {oldestAt !== null && (
            <>
              , checked <Timestamp at={oldestAt} />
            </>
          )}
        </span>
      </li>
      <li className="row gap-2 gap-x-12 high-44 pad-y-6 line-above">
        <Icon name="unknown" />
        <span>Atlas's role on your Azure networks</span>
        <span className="push quiet text-13">Not checked: roles can't be read from here</span>
      </li>
    </ul>
  )
}
