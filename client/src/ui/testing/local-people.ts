import type { Person } from '../../app/session-types.ts'

/** Whose page it is. */
export const ME = 'me'

/** Host of a jam of their own. */
export const meAs = (name: string): Person => ({
  id: ME,
  name,
  colour: 0,
  isMe: true,
  presence: 'here',
  role: 'host',
  link: 'self',
  hears: true,
})
