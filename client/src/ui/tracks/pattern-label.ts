import type { PatternName } from '../../sequence/pattern.ts'

/** How the eight patterns, and their rows, are called where nobody has named them. */
export const patternLabel = (name: PatternName): string => name.toUpperCase()
