/** What a JSON object is before anybody knows what is in it. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the text says; undefined when it is no JSON. Never throws. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A stranger wrote it, or somebody by hand: the caller says what is wrong with it.
    return undefined
  }
}
