const LIST = new Intl.ListFormat('en')

/** Of the jams that this browser was in. */
export const RECENT_WORDS = {
  recent: 'Recent jams',
  picture: (jam: string) => `The first bar of ${jam}`,
  /** @param names  of a few of those who were there; `more` is how many others there were */
  with: ({ names, more }: { names: readonly string[]; more: number }) =>
    `with ${LIST.format(more === 0 ? names : [...names, `${more} more`])}`,
  /** @param when  such as “yesterday” */
  played: (when: string) => `last played ${when}`,
  forget: 'Forget',
  forgetJam: (jam: string) => `Forget ${jam}`,
  forgetNote:
    'Takes it off this list, and its song, its picture and the names out of this browser. A sealed copy may stay on the server for 30 days: to delete that too, open the jam, then “Delete this jam” among the people.',
  keep: 'Keep it',
  justNow: 'just now',
  /** @param count  whole minutes, hours or days, from 1 */
  ago: ({ count, unit }: { count: number; unit: 'minute' | 'hour' | 'day' }) =>
    new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-count, unit),
} as const
