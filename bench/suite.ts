import type { Row } from './rows.ts'

/** Tells whoever waits what is being measured. */
export type Say = (line: string) => void

/** What can be measured by itself. */
export interface Part {
  readonly name: string
  rows(say: Say): readonly Row[] | Promise<readonly Row[]>
}

export interface Suite {
  /** Builds what the parts need. */
  prepare(say: Say): Promise<void>
  readonly parts: readonly Part[]
}
