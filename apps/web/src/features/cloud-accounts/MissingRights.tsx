import { CloudRight } from "@peering-desk/shared-schemas"
import { missingRightWords } from "#copy/cloud-accounts.ts"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./cloud-accounts.module.css"

/** Each right that a role lacks, with what stays unchecked for it. */
export function MissingRights({
  name,
  missing,
  onUpdate,
}: {
  name: string
  missing: readonly CloudRight[]
  onUpdate: () => void
}) {
  const present = CloudRight.options.filter((right) => !missing.includes(right))
  return (
    <div className={`stack gap-12 line-above text-13 ${styles.part}`}>
      <ul className="divided" aria-label={`Rights of ${name}`}>
        {present.length > 0 && (
          <li className={`grid first-lines gap-2 gap-x-10 pad-y-6 ${styles.right}`}>
            <span className="tone-works">
              <Icon name="works" />
            </span>
            <code className="wrap">{present[0]}</code>
            <span className="quiet">{present.length > 1 ? `and ${present.length - 1} more` : ""}</span>
          </li>
        )}
        {missing.map((right) => (
          <li key={right} className={`grid first-lines gap-2 gap-x-10 pad-y-6 ${styles.right}`}>
            <span className="faint">
              <Icon name="unknown" />
            </span>
            <code className="wrap">
              <span className="visually-hidden">Missing: </span>
              {right}
            </code>
            <span className="quiet">{missingRightWords[right]}</span>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button size="small" onClick={onUpdate} aria-label={`Update role of ${name}`}>
          Update role
        </Button>
        <span className="quiet">
          The template and the Terraform block have all rights. Then press Check now.
        </span>
      </div>
    </div>
  )
}
