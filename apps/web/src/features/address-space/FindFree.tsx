import { Button } from "#ui/Button.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import styles from "./address-space.module.css"

const sizes = [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28]

/** The size of a block, and the button that finds a free one. */
export function FindFree({
  prefix,
  onPrefix,
  isReady,
  onFind,
}: {
  prefix: number
  onPrefix: (prefix: number) => void
  isReady: boolean
  onFind: () => void
}) {
  return (
    <div className={`flow ${styles.find}`}>
      <SelectField
        label="Size"
        hidesLabel
        options={sizes.map((size) => [
          String(size),
          `/${size} · ${(2 ** (32 - size)).toLocaleString("en-US")} addresses`,
        ])}
        value={String(prefix)}
        onChange={(size) => onPrefix(Number(size))}
      />
      <Button kind="primary" aria-disabled={!isReady} onClick={() => isReady && onFind()}>
        Find a free /{prefix}
      </Button>
    </div>
  )
}
