/** How long something takes, in whole numbers. */
export const SPAN_WORDS = {
  seconds: (count: number) => (count === 1 ? '1 second' : `${count} seconds`),
  minutes: (count: number) => (count === 1 ? '1 minute' : `${count} minutes`),
  hours: (count: number) => (count === 1 ? '1 hour' : `${count} hours`),
  /** @param span  as told above */
  ago: (span: string) => `${span} ago`,
} as const
