/** What a jam in one tab alone is made with. */
export interface LocalSessionOptions {
  readonly name: string
  readonly now: () => number
  readonly onLeave: () => void
}
