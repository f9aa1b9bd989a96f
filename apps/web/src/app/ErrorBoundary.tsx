import { Component, type ReactNode } from "react"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"

/** Keeps the shell when a page throws, or its script could not be loaded. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  constructor(props: { children: ReactNode }) {
    super(props)
    this.state = { error: null }
  }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <ProblemNotice
        {...toProblemWords(this.state.error)}
        announce
        actions={<Button onClick={() => location.reload()}>Reload</Button>}
      />
    )
  }
}
