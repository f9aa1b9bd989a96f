import { CopyOutcome } from "./CopyOutcome.tsx"
import { useCopy } from "#ui/hooks/use-copy.ts"
import styles from "./CopyButton.module.css"
import { Icon } from "./marks/Icon.tsx"

/** Copies a value. `label` names it: "Copy VPC ID". Its words show on hover and focus. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { copied, copy } = useCopy(value)
  const words =
    copied === "refused" ? "Copying is not allowed here" : copied === "yes" ? "Copied" : `Copy ${label}`
  return (
    <>
      <button
        type="button"
        className={`icon-button anchor tap-square ${styles.button}`}
        onClick={copy}
        aria-label={`Copy ${label}`}
        data-tip={words}
      >
        <Icon name={copied === "yes" ? "check" : "copy"} />
      </button>
      <CopyOutcome copied={copied} what={label} />
    </>
  )
}
