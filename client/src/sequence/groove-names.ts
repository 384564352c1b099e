/** Grooves that an empty room offers besides the first, by the style that people know them by. */
export const GROOVE_NAMES = ['House', 'Lo-fi', 'Dub', 'Synthwave'] as const
export type GrooveName = (typeof GROOVE_NAMES)[number]
