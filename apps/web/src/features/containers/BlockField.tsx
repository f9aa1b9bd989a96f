import { toPrefixSpan } from "@peering-desk/peering-rules"
import type { ProviderName } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useWatch } from "react-hook-form"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { FormTextField } from "#forms/FormTextField.tsx"
import { FreeBlockFinder } from "#shared/FreeBlockFinder.tsx"
import { listTakenBlocks } from "#shared/taken-blocks.ts"
import { Button } from "#ui/Button.tsx"
import { findRemark } from "./new-container.ts"
import type { NewContainerFormState } from "./use-new-container.ts"
import styles from "./containers.module.css"

/** The block of a new container, with a way to find a free one among all projects. */
export function BlockField({
  form,
  projectId,
  providerName,
  readOnly,
}: {
  form: NewContainerFormState
  projectId: string
  providerName: ProviderName
  readOnly: boolean
}) {
  const { data: spaces, error } = useQuery(addressSpaceQuery(projectId))
  const [block, reach, regions] = useWatch({
    control: form.control,
    name: ["atlasCidrBlock", "reach", "regions"],
  })
  const taken = useMemo(() => listTakenBlocks(spaces ?? []), [spaces])
  const isWhole = spaces?.every(({ problem }) => problem === null) ?? false
  const sizes = toSizes(providerName, reach === "some" ? Math.max(regions.length, 1) : 0)

  return (
    <>
      <FormTextField
        form={form}
        name="atlasCidrBlock"
        label="Address block for Atlas"
        hint={`${toSizeWords(sizes)}, in a private range; what no network of yours has that is to be joined`}
        note={findRemark(block, spaces ?? [])}
        mono
        readOnly={readOnly}
      />
      <details className={styles.finder}>
        <summary>Find a free block</summary>
        {spaces === undefined ? (
          <p className="shell-wait">
            {error === null ? "Reading who has which addresses" : "Who has which addresses can't be read now"}
          </p>
        ) : (
          <>
            {!isWhole && (
              <p className={styles.fine}>Some lists could not be read: what looks free may be taken.</p>
            )}
            <FreeBlockFinder key={sizes.join()} taken={taken} sizes={sizes} firstSize={sizes.at(0) ?? 21}>
              {(free) => (
                <Button
                  size="small"
                  onClick={() => {
                    if (readOnly) return
                    form.setValue("atlasCidrBlock", free)
                    form.clearErrors("atlasCidrBlock")
                    form.setFocus("atlasCidrBlock")
                  }}
                >
                  Use it
                </Button>
              )}
            </FreeBlockFinder>
          </>
        )}
      </details>
    </>
  )
}

/** The prefix lengths that Atlas takes, the one it is usually given first. */
function toSizes(providerName: ProviderName, regionCount: number): number[] {
  const span = toPrefixSpan(providerName, regionCount) ?? { shortest: 21, longest: 21 }
  const all = Array.from({ length: span.longest - span.shortest + 1 }, (_, index) => span.shortest + index)
  // No range has room for a larger one beside anything else.
  return providerName === "GCP" && regionCount === 0 ? all.filter((size) => size >= 12).toReversed() : all
}

function toSizeWords(sizes: readonly number[]): string {
  const [first = 21] = sizes
  if (first === 18) return "/18 or larger"
  return sizes.length === 1 ? `/${first}` : `/${first} to /${sizes.at(-1)}`
}
