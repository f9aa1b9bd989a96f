/** Announces how copying went to a screen reader. `what` begins the sentence: "Test script copied". */
export function CopyOutcome({ copied, what }: { copied: "no" | "yes" | "refused"; what: string }) {
  return (
    <output className="visually-hidden">
      {copied === "yes" && `${what} copied`}
      {copied === "refused" && `${what} not copied: the browser did not allow it`}
    </output>
  )
}
