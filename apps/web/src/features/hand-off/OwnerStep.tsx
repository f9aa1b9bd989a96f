import type { RunbookStep } from "@peering-desk/peering-rules"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Notice } from "#ui/Notice.tsx"
import styles from "./hand-off.module.css"
import { toolWords } from "#copy/hand-off.ts"

/** One thing to do, each way there is to do it with its own button to copy. */
export function OwnerStep({ step: { title, why, waitsFor, instructions } }: { step: RunbookStep }) {
  return (
    <li className={styles.step}>
      <h3>{title}</h3>
      <p>{why}</p>
      {waitsFor !== null && <Notice title={waitsFor} />}
      {waitsFor === null &&
        instructions.map(({ tool, text }) => (
          <CopyBlock key={tool} label={toolWords[tool]} about={title} text={text} />
        ))}
    </li>
  )
}
