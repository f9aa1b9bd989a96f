import { Button } from "./Button.tsx"
import styles from "./CopyBlock.module.css"
import { CopyOutcome } from "./CopyOutcome.tsx"
import { useCopy } from "#ui/hooks/use-copy.ts"

/** A longer text scrolls in its place. */
const mostLines = 14

/** A text of several lines to copy whole, a command or the way through a console. `label` says what it is, in the page and to those who hear it. */
export function CopyBlock({ label, about, text }: { label: string; about: string; text: string }) {
  const { copied, copy } = useCopy(text)
  return (
    <div className="narrow code">
      <div className={`line split gap-12 line-below ${styles.head}`}>
        <span className="quiet small strong">{label}</span>
        <Button size="small" onClick={copy}>
          {copied === "no" ? "Copy" : copied === "yes" ? "Copied" : "Can't copy"}{" "}
          <span className="visually-hidden">
            for {label}: {about}
          </span>
        </Button>
      </div>
      <pre
        className={`flat raw-text pad-y-10 pad-x-12 select-all ${styles.text}`}
        // What scrolls is reached by keyboard.
        {...(text.split("\n").length > mostLines && {
          "data-long": true,
          role: "group",
          tabIndex: 0,
          "aria-label": `${label}: ${about}`,
        })}
      >
        {text}
      </pre>
      <CopyOutcome copied={copied} what={`${label}: ${about}`} />
    </div>
  )
}
